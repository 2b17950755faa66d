package dev.kontor.gateway.catalog;

import dev.kontor.gateway.catalog.SuggestionsJson.SuggestionJson;
import dev.kontor.gateway.platform.BatchLoads;
import dev.kontor.gateway.platform.Connection;
import dev.kontor.gateway.platform.GraphQlCall;
import dev.kontor.gateway.platform.IfMatch;
import dev.kontor.gateway.platform.JoinBudget;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.PreparedJson;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.catalog.SearchProductsRequest;
import graphql.GraphQLContext;
import graphql.schema.DataFetchingFieldSelectionSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dataloader.BatchLoaderEnvironment;
import org.springframework.context.annotation.Lazy;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** Products in GraphQL. */
@Lazy
@Controller
class CatalogGraphQl implements BatchLoads {

    private final ProductOperations products;

    CatalogGraphQl(ProductOperations products) {
        this.products = products;
    }

    /** How GraphQL names the orders of a list of products. */
    enum ProductSort {
        RELEVANCE("relevance"),
        NEWEST("newest"),
        PRICE("price"),
        PRICE_DESCENDING("-price"),
        TITLE("title");

        private final String parameter;

        ProductSort(String parameter) {
            this.parameter = parameter;
        }
    }

    @QueryMapping
    ProductJson product(@Argument String id) {
        return products.read(id);
    }

    @SchemaMapping(typeName = "Product")
    String etag(ProductJson product) {
        return PreparedJson.of(product).entityTag();
    }

    @QueryMapping
    ProductConnection products(
            @Argument String search,
            @Argument String category,
            @Argument String seller,
            @Argument Long minPrice,
            @Argument Long maxPrice,
            @Argument Boolean inStock,
            @Argument ProductSort sort,
            @Argument Integer first,
            @Argument String after,
            DataFetchingFieldSelectionSet selected) {
        SearchProductsRequest.Builder wanted = SearchProductsRequest.newBuilder()
                .setSearch(search == null ? "" : search)
                .setCategory(category == null ? "" : category)
                .setSeller(seller == null ? "" : seller)
                .setSort(sort == null ? "" : sort.parameter)
                .setFacets(selected.contains(ProductConnection.FACETS))
                .setPage(Page.first(first, after));
        if (minPrice != null) {
            wanted.setMinPrice(minPrice);
        }
        if (maxPrice != null) {
            wanted.setMaxPrice(maxPrice);
        }
        if (inStock != null) {
            wanted.setInStock(inStock);
        }
        return ProductConnection.of(products.search(wanted.build()), after);
    }

    @QueryMapping
    List<SuggestionJson> suggestions(@Argument String q, @Argument int size) {
        return products.suggest(q, size).items();
    }

    @QueryMapping
    Connection<CategoryJson> categories(@Argument Integer first, @Argument String after) {
        return Connection.of(products.categories(Page.first(first, after)), after);
    }

    @MutationMapping
    ProductPayload createProduct(@Argument NewProduct input, @ContextValue GraphQlCall call) {
        return ProductPayload.of(products.list(input, call.preference()));
    }

    @MutationMapping
    ProductPayload changeProduct(
            @Argument String id,
            @Argument ProductChange input,
            @Argument String ifMatch,
            @ContextValue GraphQlCall call) {
        return ProductPayload.of(products.change(id, input, IfMatch.ofArgument(ifMatch), call.preference()));
    }

    @MutationMapping
    ProductPayload addStock(
            @Argument String productId,
            @Argument Long quantity,
            @Argument String ifMatch,
            @ContextValue GraphQlCall call) {
        return changeStock(productId, positive(quantity), ifMatch, call);
    }

    @MutationMapping
    ProductPayload removeStock(
            @Argument String productId,
            @Argument Long quantity,
            @Argument String ifMatch,
            @ContextValue GraphQlCall call) {
        return changeStock(productId, -positive(quantity), ifMatch, call);
    }

    private ProductPayload changeStock(String productId, long change, String ifMatch, GraphQlCall call) {
        return ProductPayload.of(products.changeStock(
                productId, new StockChangeJson(change), IfMatch.ofArgument(ifMatch), call.preference()));
    }

    private static long positive(long quantity) {
        if (quantity < 1) {
            throw RefusedException.invalid("quantity", "must be at least 1");
        }
        return quantity;
    }

    @Override
    public void register(BatchLoaderRegistry registry) {
        registry.forTypePair(String.class, ProductJson.class)
                .withOptions(options -> options.setMaxBatchSize(JoinBudget.LARGEST_BATCH))
                .registerMappedBatchLoader((ids, batch) -> Mono.fromCallable(() -> byId(ids, batch)));
    }

    private Map<String, ProductJson> byId(Set<String> ids, BatchLoaderEnvironment batch) {
        batch.<GraphQLContext>getContext().<JoinBudget>get(JoinBudget.class).take(ids.size());
        return products.byId(ids);
    }
}
