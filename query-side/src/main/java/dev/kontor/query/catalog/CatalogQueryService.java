package dev.kontor.query.catalog;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.Violations;
import dev.kontor.proto.catalog.CatalogQueriesGrpc.CatalogQueriesImplBase;
import dev.kontor.proto.catalog.Category;
import dev.kontor.proto.catalog.GetProductRequest;
import dev.kontor.proto.catalog.GetProductResponse;
import dev.kontor.proto.catalog.GetProductsRequest;
import dev.kontor.proto.catalog.GetProductsResponse;
import dev.kontor.proto.catalog.ListCategoriesRequest;
import dev.kontor.proto.catalog.ListCategoriesResponse;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.proto.catalog.SuggestProductsRequest;
import dev.kontor.proto.catalog.SuggestProductsResponse;
import dev.kontor.proto.catalog.Suggestion;
import dev.kontor.query.Paging;
import dev.kontor.query.SearchSettings;
import dev.kontor.query.catalog.CatalogQuery.Categories;
import dev.kontor.query.catalog.CatalogQuery.FindProduct;
import dev.kontor.query.catalog.CatalogQuery.FindProducts;
import dev.kontor.query.catalog.CatalogQuery.Page;
import dev.kontor.query.catalog.CatalogQuery.SearchProducts;
import dev.kontor.query.catalog.CatalogQuery.Shown;
import dev.kontor.query.platform.Waits;
import dev.kontor.text.Text;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class CatalogQueryService extends CatalogQueriesImplBase {

    private static final String ME = "me";
    private static final int DEFAULT_SUGGESTIONS = 8;
    private static final int MOST_SUGGESTIONS = 20;

    private final CatalogReader reader;

    CatalogQueryService(CatalogReader reader) {
        this.reader = reader;
    }

    @Override
    public void getProduct(GetProductRequest request, StreamObserver<GetProductResponse> answer) {
        Shown shown = reader.handle(new FindProduct(
                id(request.getProductId()), Waits.asked(request.hasFreshness(), request.getFreshness())));
        GetProductResponse.Builder response = GetProductResponse.newBuilder().setFresh(shown.fresh());
        if (shown.product() != null) {
            response.setProduct(shown.product());
        } else if (shown.fresh()) {
            throw notFound();
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void getProducts(GetProductsRequest request, StreamObserver<GetProductsResponse> answer) {
        List<ProductId> ids = Paging.ids(request.getIdsList(), ProductId::new);
        answer.onNext(GetProductsResponse.newBuilder()
                .addAllProducts(reader.handle(new FindProducts(ids)))
                .build());
        answer.onCompleted();
    }

    @Override
    public void searchProducts(SearchProductsRequest request, StreamObserver<SearchProductsResponse> answer) {
        Violations violations = new Violations();
        String search =
                violations.at("search", () -> Text.searched(request.getSearch(), SearchSettings.LONGEST_SEARCH));
        String category =
                violations.at("category", () -> Text.searched(request.getCategory(), SearchSettings.LONGEST_SEARCH));
        boolean own = request.getSeller().equals(ME);
        CustomerId seller = violations.at("seller", () -> seller(request.getSeller()));
        ProductSort sort = sort(request, violations);
        violations.refuseIfAny();

        Long minPrice = request.hasMinPrice() ? request.getMinPrice() : null;
        Long maxPrice = request.hasMaxPrice() ? request.getMaxPrice() : null;
        Boolean inStock = request.hasInStock() ? request.getInStock() : null;
        Paging paging = new Paging(
                "products",
                search,
                category,
                own,
                seller == null ? "" : seller,
                minPrice == null ? "" : minPrice,
                maxPrice == null ? "" : maxPrice,
                inStock == null ? "" : inStock,
                request.getFacets(),
                sort);
        Page page = reader.handle(new SearchProducts(
                search,
                category,
                seller,
                own,
                minPrice,
                maxPrice,
                inStock,
                request.getFacets(),
                sort,
                Paging.size(request.getPage()),
                paging.after(request.getPage())));
        SearchProductsResponse.Builder response =
                SearchProductsResponse.newBuilder().setNextPageToken(paging.token(page.next()));
        response.addAllProducts(page.products());
        if (page.facets() != null) {
            response.setFacets(page.facets());
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    /** Null after a violation. */
    private static ProductSort sort(SearchProductsRequest request, Violations violations) {
        if (request.getSort().isEmpty()) {
            return request.getSearch().isBlank() ? ProductSort.NEWEST : ProductSort.RELEVANCE;
        }
        ProductSort sort = ProductSort.ofName(request.getSort()).orElse(null);
        if (sort == null) {
            violations.add("sort", "must be relevance, newest, price, -price or title");
        } else if (sort == ProductSort.RELEVANCE && request.getSearch().isBlank()) {
            violations.add("sort", "relevance needs a search");
        }
        return sort;
    }

    @Override
    public void suggestProducts(SuggestProductsRequest request, StreamObserver<SuggestProductsResponse> answer) {
        Violations violations = new Violations();
        String text = violations.at("q", () -> Text.searched(request.getText(), SearchSettings.LONGEST_SEARCH));
        int size = request.getSize() == 0 ? DEFAULT_SUGGESTIONS : request.getSize();
        if (size < 1 || size > MOST_SUGGESTIONS) {
            violations.add("size", "must be from 1 to " + MOST_SUGGESTIONS);
        }
        violations.refuseIfAny();
        SuggestProductsResponse.Builder response = SuggestProductsResponse.newBuilder();
        reader.handle(new CatalogQuery.Suggest(text, size))
                .forEach(suggestion -> response.addSuggestions(Suggestion.newBuilder()
                        .setText(suggestion.text())
                        .setKind(suggestion.isCategory() ? Suggestion.Kind.CATEGORY : Suggestion.Kind.TITLE)));
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void listCategories(ListCategoriesRequest request, StreamObserver<ListCategoriesResponse> answer) {
        Paging paging = new Paging("categories");
        Categories page = reader.handle(
                new CatalogQuery.ListCategories(Paging.size(request.getPage()), paging.after(request.getPage())));
        ListCategoriesResponse.Builder response =
                ListCategoriesResponse.newBuilder().setNextPageToken(paging.token(page.next()));
        page.categories()
                .forEach(category -> response.addCategories(
                        Category.newBuilder().setName(category.name()).setProducts(category.products())));
        answer.onNext(response.build());
        answer.onCompleted();
    }

    private static CustomerId seller(String named) {
        if (named.isEmpty()) {
            return null;
        }
        return new CustomerId(named.equals(ME) ? Caller.required().customerId() : named);
    }

    private static ProductId id(String text) {
        try {
            return new ProductId(text);
        } catch (IllegalArgumentException nothingHasThisId) {
            throw notFound();
        }
    }

    private static RefusedException notFound() {
        return new RefusedException(Problem.PRODUCT_NOT_FOUND, Problem.PRODUCT_NOT_FOUND.title());
    }
}
