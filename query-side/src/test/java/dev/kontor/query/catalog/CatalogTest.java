package dev.kontor.query.catalog;

import static dev.kontor.query.Given.listed;
import static dev.kontor.query.TestQuerySide.problemOf;
import static dev.kontor.query.TestQuerySide.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc.CatalogQueriesBlockingStub;
import dev.kontor.proto.catalog.Category;
import dev.kontor.proto.catalog.GetProductRequest;
import dev.kontor.proto.catalog.GetProductsRequest;
import dev.kontor.proto.catalog.ListCategoriesRequest;
import dev.kontor.proto.catalog.ListCategoriesResponse;
import dev.kontor.proto.catalog.Product;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.query.Finds;
import dev.kontor.query.TestQuerySide;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {

    private final TestQuerySide side = TestQuerySide.get();
    private final CatalogQueriesBlockingStub catalog = CatalogQueriesGrpc.newBlockingStub(side.anonymous());
    private final CustomerId seller = CustomerId.mint();
    private final ProductId id = ProductId.mint();

    @Test
    void pages_hold_every_product_once_in_every_order() {
        for (int number = 0; number < 7; number++) {
            // Equal prices and titles: only the id keeps them apart.
            side.write(listed(ProductId.mint(), seller, number < 4 ? "Same" : "Zebra " + number, number / 3 * 100));
        }
        side.settle();

        for (String sort : List.of("newest", "price", "-price", "title")) {
            List<Product> paged = new ArrayList<>();
            String token = "";
            do {
                SearchProductsResponse page = catalog.searchProducts(bySeller()
                        .setSort(sort)
                        .setPage(PageRequest.newBuilder().setSize(3).setToken(token))
                        .build());
                paged.addAll(page.getProductsList());
                token = page.getNextPageToken();
            } while (!token.isEmpty());

            assertThat(paged)
                    .as(sort)
                    .isEqualTo(catalog.searchProducts(bySeller().setSort(sort).build())
                            .getProductsList())
                    .hasSize(7)
                    .doesNotHaveDuplicates();
        }
    }

    /**
     * A disjunction in a query is one index range, which begins with all documents of the same key, also those of
     * earlier pages.
     */
    @ParameterizedTest
    @ValueSource(strings = {"price", "-price", "title", "newest"})
    void a_page_is_read_from_where_it_begins_however_many_have_the_same_key(String sort) {
        for (int number = 0; number < 5; number++) {
            side.write(listed(ProductId.mint(), seller, "Same", 100));
        }
        side.settle();
        SearchProductsRequest.Builder all = SearchProductsRequest.newBuilder().setSort(sort);
        String token = catalog.searchProducts(
                        all.setPage(PageRequest.newBuilder().setSize(2)).build())
                .getNextPageToken();
        Finds finds = side.bean(Finds.class);
        finds.forget();

        catalog.searchProducts(
                all.setPage(PageRequest.newBuilder().setSize(2).setToken(token)).build());

        assertThat(finds.of(ProductDocument.VIEW_NAME))
                .isNotEmpty()
                .allSatisfy(question -> assertThat(question.toJson()).doesNotContain("$or"));
    }

    /** A URL has at most some 8,000 bytes. One character of these titles has eighteen in its compared form. */
    @Test
    void a_page_token_fits_a_url_whatever_a_title_becomes_when_it_is_compared() {
        for (int number = 0; number < 4; number++) {
            side.write(listed(ProductId.mint(), seller, "\uFDFA".repeat(199) + number, 100));
        }
        side.settle();

        List<Product> paged = new ArrayList<>();
        String token = "";
        do {
            SearchProductsResponse page = catalog.searchProducts(bySeller()
                    .setSort("title")
                    .setPage(PageRequest.newBuilder().setSize(1).setToken(token))
                    .build());
            paged.addAll(page.getProductsList());
            token = page.getNextPageToken();
            assertThat(token).hasSizeLessThan(2_000);
        } while (!token.isEmpty());

        assertThat(paged).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void the_order_is_the_one_asked_for() {
        side.happened(
                listed(ProductId.mint(), seller, "b", 200),
                listed(ProductId.mint(), seller, "C", 100),
                listed(ProductId.mint(), seller, "a", 300));

        assertThat(titles(bySeller())).containsExactly("a", "C", "b");
        assertThat(titles(bySeller().setSort("price"))).containsExactly("C", "b", "a");
        assertThat(titles(bySeller().setSort("-price"))).containsExactly("a", "b", "C");
        assertThat(titles(bySeller().setSort("title"))).containsExactly("a", "b", "C");
    }

    @Test
    void a_search_finds_words_of_title_and_description_whatever_their_letter_case() {
        side.happened(
                listed(ProductId.mint(), seller, "Blue ÄPFEL", 100),
                listed(ProductId.mint(), seller, new Description("Pears", "like äpfel, but not", "fruit"), 200),
                listed(ProductId.mint(), seller, "Plums (5.*)", 300));

        assertThat(titles(bySeller().setSearch("äpfel").setSort("price"))).containsExactly("Blue ÄPFEL", "Pears");
        assertThat(titles(bySeller().setSearch("(5.*)"))).containsExactly("Plums (5.*)");
        assertThat(titles(bySeller().setSearch("5"))).containsExactly("Plums (5.*)");
        assertThat(titles(bySeller().setSearch(".*"))).isEmpty();
        assertThat(titles(bySeller().setCategory("fruit"))).containsExactly("Pears");
        assertThat(titles(bySeller().setMinPrice(200).setMaxPrice(200))).containsExactly("Pears");
    }

    @ParameterizedTest
    @CsvSource({
        "caf\u00E9, Caf\u00E9 cr\u00E8me",
        "cafe\u0301 CR\u00C8, Caf\u00E9 cr\u00E8me",
        "fine, \uFB01ne lace",
        "\uFB01ne, \uFB01ne lace",
        "12, Dozen \uFF11\uFF12",
        "\uFF11\uFF12, Dozen \uFF11\uFF12",
        "10 kg, Flour 10\u00A0kg",
        "10\u00A0\u00A0kg, Flour 10\u00A0kg",
        "strasse, Stra\u00DFe",
        "te\u200Ba, Tea",
        "'good  morning', Tea"
    })
    void aSearchFindsATextHoweverItIsTyped(String search, String title) {
        side.happened(
                listed(ProductId.mint(), seller, "Caf\u00E9 cr\u00E8me", 100),
                listed(ProductId.mint(), seller, "\uFB01ne lace", 100),
                listed(ProductId.mint(), seller, "Dozen \uFF11\uFF12", 100),
                listed(ProductId.mint(), seller, "Flour 10\u00A0kg", 100),
                listed(ProductId.mint(), seller, "Stra\u00DFe", 100),
                listed(ProductId.mint(), seller, new Description("Tea", "Good\nmorning", "drinks"), 100));

        assertThat(titles(bySeller().setSearch(search))).containsExactly(title);
    }

    @Test
    void a_category_is_one_whatever_its_letter_case_and_spaces() {
        String category = "Caf\u00E9 " + seller;
        side.happened(
                listed(ProductId.mint(), seller, new Description("One", "", category), 100),
                listed(ProductId.mint(), seller, new Description("Two", "", "CAFE\u0301 " + seller), 200));
        String typed = "cafe\u0301\u00A0" + seller.value().toUpperCase(Locale.ROOT);

        SearchProductsRequest.Builder listed =
                SearchProductsRequest.newBuilder().setCategory(typed);
        assertThat(titles(listed)).containsExactly("Two", "One");
        assertThat(titles(listed.setSort("price"))).containsExactly("One", "Two");
        assertThat(titles(bySeller().setCategory(typed))).containsExactly("Two", "One");
        assertThat(catalog.listCategories(ListCategoriesRequest.getDefaultInstance())
                        .getCategoriesList())
                .filteredOn(found -> found.getName().endsWith(seller.value()))
                .extracting(Category::getProducts)
                .containsExactly(2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nul \u0000", "half \uD83D", "bell \u0007"})
    void a_search_of_what_no_text_holds_is_refused(String text) {
        for (SearchProductsRequest.Builder search :
                List.of(bySeller().setSearch(text), bySeller().setCategory(text))) {
            assertThat(problemOf(() -> titles(search))).isEqualTo(Problem.INVALID_REQUEST);
        }
    }

    @Test
    void every_filter_can_be_added_to_every_other_in_every_order() {
        ProductId wanted = ProductId.mint();
        side.happened(
                listed(wanted, seller, new Description("Wanted", "needle", "Category " + seller), 200),
                listed(ProductId.mint(), seller, new Description("Cheap", "needle", "Category " + seller), 100),
                listed(ProductId.mint(), seller, new Description("Dear", "needle", "Category " + seller), 300),
                listed(ProductId.mint(), seller, new Description("Elsewhere", "needle", "Other"), 200),
                listed(ProductId.mint(), CustomerId.mint(), new Description("Other's", "needle", "Other"), 200),
                listed(id, seller, new Description("Old", "needle", "Category " + seller), 200),
                new ProductDelisted(id));

        for (String sort : List.of("newest", "price", "-price", "title")) {
            SearchProductsRequest.Builder search = SearchProductsRequest.newBuilder()
                    .setSort(sort)
                    .setMinPrice(150)
                    .setMaxPrice(250)
                    .setSearch("NEEDLE")
                    .setCategory("category " + seller);
            assertThat(titles(search)).as(sort).containsExactly("Wanted");
            assertThat(titles(search.setSeller(seller.value()))).as(sort).containsExactly("Wanted");
        }
    }

    /** A new filter needs a value here. */
    @Test
    void a_page_token_is_refused_with_any_other_filter_or_order() {
        Map<String, Object> others = Map.of(
                "search",
                "lamp",
                "category",
                "light",
                "seller",
                seller.value(),
                "min_price",
                100L,
                "max_price",
                200L,
                "in_stock",
                true,
                "facets",
                true,
                "sort",
                "title");
        side.happened(listed(id, seller, "Lamp", 100), listed(ProductId.mint(), seller, "Lamp", 100));
        SearchProductsRequest first = SearchProductsRequest.newBuilder()
                .setPage(PageRequest.newBuilder().setSize(1))
                .build();
        String token = catalog.searchProducts(first).getNextPageToken();

        for (FieldDescriptor filter : SearchProductsRequest.getDescriptor().getFields()) {
            if (filter.getNumber() != SearchProductsRequest.PAGE_FIELD_NUMBER) {
                assertThat(others).containsKey(filter.getName());
                SearchProductsRequest.Builder other = first.toBuilder().setField(filter, others.get(filter.getName()));
                other.getPageBuilder().setToken(token);
                assertThat(refusalOf(() -> titles(other)).violations())
                        .as(filter.getName())
                        .extracting(violation -> violation.field())
                        .containsExactly("pageToken");
            }
        }
    }

    @Test
    void delisted_products_show_to_their_seller_only() {
        side.happened(listed(id, seller, "Old", 100), new ProductDelisted(id));

        assertThat(titles(bySeller())).isEmpty();
        assertThat(CatalogQueriesGrpc.newBlockingStub(side.as(seller))
                        .searchProducts(SearchProductsRequest.newBuilder()
                                .setSeller("me")
                                .build())
                        .getProductsList())
                .extracting(Product::getTitle)
                .containsExactly("Old");
        assertThat(problemOf(() -> titles(SearchProductsRequest.newBuilder().setSeller("me"))))
                .isEqualTo(Problem.UNAUTHENTICATED);
    }

    @Test
    void several_products_are_read_at_once_in_the_order_of_their_ids() {
        ProductId other = ProductId.mint();
        side.happened(listed(id, seller, "Cup", 100), listed(other, seller, "Pot", 200), new ProductDelisted(other));
        Product cup = catalog.getProduct(
                        GetProductRequest.newBuilder().setProductId(id.value()).build())
                .getProduct();

        List<Product> found = catalog.getProducts(GetProductsRequest.newBuilder()
                        .addIds(other.value())
                        .addIds("no id")
                        .addIds(ProductId.mint().value())
                        .addIds(id.value())
                        .addIds(other.value())
                        .build())
                .getProductsList();

        assertThat(found).extracting(Product::getTitle).containsExactly("Pot", "Cup");
        assertThat(found.getLast()).isEqualTo(cup);
        GetProductsRequest.Builder many = GetProductsRequest.newBuilder();
        IntStream.range(0, 101).forEach(number -> many.addIds(ProductId.mint().value()));
        assertThat(problemOf(() -> catalog.getProducts(many.build()))).isEqualTo(Problem.INVALID_REQUEST);
    }

    @Test
    void an_invalid_search_is_refused_with_all_that_is_wrong() {
        assertThat(refusalOf(() -> titles(SearchProductsRequest.newBuilder()
                                .setSeller("x")
                                .setSort("y")))
                        .violations())
                .extracting(violation -> violation.field())
                .containsExactly("seller", "sort");
    }

    @Test
    void categories_count_what_is_listed_in_them() {
        String category = "category " + seller;
        Description description = new Description("Thing", "", category);
        side.happened(
                listed(ProductId.mint(), seller, description, 100),
                listed(ProductId.mint(), seller, description, 100),
                listed(id, seller, description, 100),
                new ProductDelisted(id));

        List<Category> categories = new ArrayList<>();
        String token = "";
        do {
            ListCategoriesResponse page = catalog.listCategories(ListCategoriesRequest.newBuilder()
                    .setPage(PageRequest.newBuilder().setToken(token))
                    .build());
            categories.addAll(page.getCategoriesList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(categories)
                .contains(Category.newBuilder().setName(category).setProducts(2).build());
    }

    private SearchProductsRequest.Builder bySeller() {
        return SearchProductsRequest.newBuilder().setSeller(seller.value());
    }

    private List<String> titles(SearchProductsRequest.Builder search) {
        return catalog.searchProducts(search.build()).getProductsList().stream()
                .map(Product::getTitle)
                .toList();
    }
}
