package dev.kontor.query.catalog;

import static dev.kontor.query.Given.listed;
import static dev.kontor.query.Given.reserved;
import static dev.kontor.query.TestQuerySide.problemOf;
import static dev.kontor.query.TestQuerySide.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.catalog.ProductEvent.ProductDescribed;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.catalog.ProductEvent.StockReleased;
import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.proto.Freshness;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc.CatalogQueriesBlockingStub;
import dev.kontor.proto.catalog.FacetCount;
import dev.kontor.proto.catalog.Facets;
import dev.kontor.proto.catalog.GetProductRequest;
import dev.kontor.proto.catalog.PriceBand;
import dev.kontor.proto.catalog.Product;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.proto.catalog.SuggestProductsRequest;
import dev.kontor.proto.catalog.Suggestion;
import dev.kontor.query.Given;
import dev.kontor.query.TestQuerySide;
import dev.kontor.query.platform.LuceneIndex.Writes;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What shoppers type, and what they find first. */
class ProductSearchTest {

    private static final TestQuerySide SIDE = TestQuerySide.apart("product-search");
    private static final CustomerId SHOP = CustomerId.mint();

    private final CatalogQueriesBlockingStub catalog = CatalogQueriesGrpc.newBlockingStub(SIDE.anonymous());
    private final CustomerId seller = CustomerId.mint();

    @BeforeAll
    static void a_shop() {
        lists("Green tea", "From the hills of Uji, steamed and rolled", "Tea", 900);
        lists("Black tea", "Strong and dark, good with milk", "Tea", 700);
        lists("Tea towel", "Linen, for cups and teapots, green", "Kitchen", 1_200);
        lists("Cast iron teapot", "Holds one litre", "Kitchen", 4_500);
        lists("Café crème cups", "Set of six porcelain cups", "Kitchen", 3_000);
        lists("Fountain pen", "Writes on paper", "Office", 2_500);
        lists("Pencil case", "Room for pens and pencils", "Office", 1_500);
        lists("Notebook, dotted", "Two hundred pages of paper", "Office", 1_100);
        lists("Walking boots", "Waterproof leather, for long hikes", "Shoes", 12_000);
        lists("Rain boots", "Rubber, for children", "Shoes", 2_900);
        lists("Running shoes", "Light, with a soft sole", "Shoes", 8_900);
        lists("Waxed jacket", "Cotton with wax, two pockets", "Clothing", 15_000);
        lists("Men's shirt", "White cotton", "Clothing", 4_900);
        lists("Umbrella", "Opens by itself when it rains", "Accessories", 1_900);
        lists("Smørrebrød board", "Oak", "Kitchen", 2_200);
        lists("Straße poster", "A street at night", "Decoration", 1_300);
        lists("Screwdriver set", "Twelve bits", "Tools", 2_100);
        lists("Hammer", "With a handle of ash", "Tools", 1_600);
        SIDE.settle();
    }

    private static void lists(String title, String text, String category, long cents) {
        SIDE.write(listed(ProductId.mint(), SHOP, new Description(title, text, category), cents));
    }

    @ParameterizedTest(name = "{0} finds {1}")
    @CsvSource({
        // As written, in another case, in another order of words.
        "green tea, Green tea",
        "GREEN TEA, Green tea",
        "tea green, Green tea",
        "teapot iron, Cast iron teapot",
        // The beginning of the last word.
        "umbr, Umbrella",
        "black t, Black tea",
        "screwdr, Screwdriver set",
        // Two letters swapped, one wrong, one missing, one too many.
        "umberlla, Umbrella",
        "hanmer, Hammer",
        "fontain pen, Fountain pen",
        "jackket, Waxed jacket",
        "etapot, Cast iron teapot",
        // A typing error in the beginning of a word.
        "screwdire, Screwdriver set",
        // Accents and other letters missing, or too many.
        "cafe creme, Café crème cups",
        "smorrebrod, Smørrebrød board",
        "strasse, Straße poster",
        "hämmer, Hammer",
        // Another form of the word: plural, singular, possessive, ending.
        "hammers, Hammer",
        "boot walking, Walking boots",
        "mens shirts, Men's shirt",
        "wax jackets, Waxed jacket",
        // A word of the category, and one of the description.
        "shoes running, Running shoes",
        "tools hammer, Hammer",
        "waterproof, Walking boots",
        "porcelain cups, Café crème cups",
        // A word that no product has.
        "waterproof leather boots magenta, Walking boots"
    })
    void a_search_finds_first(String typed, String title) {
        assertThat(titles(search(typed))).first().isEqualTo(title);
    }

    @Test
    void every_word_must_be_there_and_a_title_counts_more_than_a_text() {
        assertThat(titles(search("green tea"))).startsWith("Green tea").doesNotContain("Black tea");
        assertThat(titles(search("paper"))).containsExactlyInAnyOrder("Fountain pen", "Notebook, dotted");
        assertThat(titles(search("pen"))).startsWith("Fountain pen").contains("Pencil case");
        assertThat(titles(search("shoes"))).contains("Running shoes", "Walking boots", "Rain boots");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xylophone", "...", "(*)", "\uD83D\uDE00"})
    void a_search_that_nothing_matches_finds_nothing(String typed) {
        assertThat(titles(search(typed))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "relevance, Green tea",
        "price, Black tea",
        "-price, Cast iron teapot",
        "title, Black tea",
        "newest, Cast iron teapot"
    })
    void what_is_found_has_the_order_that_is_asked_for(String sort, String first) {
        assertThat(titles(search("tea").setSort(sort))).first().satisfies(title -> {
            if (!sort.equals("relevance")) {
                assertThat(title).isEqualTo(first);
            } else {
                assertThat(title).contains("tea");
            }
        });
    }

    @Test
    void relevance_needs_a_search_and_an_unknown_order_is_refused() {
        for (String sort : List.of("relevance", "best")) {
            assertThat(refusalOf(() -> catalog.searchProducts(SearchProductsRequest.newBuilder()
                                    .setSort(sort)
                                    .build()))
                            .violations())
                    .extracting(violation -> violation.field())
                    .containsExactly("sort");
        }
    }

    @Test
    void every_filter_narrows_a_search() {
        assertThat(titles(search("tea").setCategory("KITCHEN")))
                .containsExactlyInAnyOrder("Tea towel", "Cast iron teapot");
        assertThat(titles(search("tea").setMinPrice(800).setMaxPrice(1_200)))
                .containsExactlyInAnyOrder("Green tea", "Tea towel");
        assertThat(titles(search("tea").setMinPrice(2).setMaxPrice(1))).isEmpty();
        assertThat(titles(search("tea").setSeller(seller.value()))).isEmpty();
        assertThat(titles(search("tea").setInStock(false))).isEmpty();
    }

    @Test
    void facets_count_what_is_found_and_not_only_the_page() {
        SearchProductsResponse found = catalog.searchProducts(search("tea")
                .setFacets(true)
                .setPage(PageRequest.newBuilder().setSize(1))
                .build());

        Facets facets = found.getFacets();
        assertThat(found.getProductsList()).hasSize(1);
        assertThat(facets.getProducts()).isEqualTo(4);
        assertThat(facets.getInStock()).isEqualTo(4);
        assertThat(facets.getCategoriesList())
                .extracting(FacetCount::getName, FacetCount::getProducts)
                .containsExactly(tuple("Kitchen", 2L), tuple("Tea", 2L));
        assertThat(facets.getSellersList())
                .extracting(FacetCount::getValue, FacetCount::getProducts)
                .containsExactly(tuple(SHOP.value(), 4L));
        assertThat(facets.getPricesList())
                .extracting(PriceBand::getFrom, PriceBand::getBelow, PriceBand::getProducts)
                .containsExactly(tuple(500L, 1_000L, 2L), tuple(1_000L, 2_000L, 1L), tuple(2_000L, 5_000L, 1L));
        assertThat(catalog.searchProducts(search("tea").build()).hasFacets()).isFalse();
    }

    @Test
    void facets_of_the_whole_catalog_need_no_search() {
        SearchProductsResponse found = catalog.searchProducts(SearchProductsRequest.newBuilder()
                .setSeller(SHOP.value())
                .setFacets(true)
                .build());

        assertThat(found.getFacets().getProducts()).isEqualTo(18);
        assertThat(found.getProducts(0).getTitle()).as("the newest").isEqualTo("Hammer");
    }

    @Test
    void pages_hold_every_product_once_while_others_change() {
        List<ProductId> steady = new ArrayList<>();
        List<ProductId> moving = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            steady.add(ProductId.mint());
            moving.add(ProductId.mint());
            SIDE.write(
                    listed(steady.getLast(), seller, "Quartz clock " + i % 4, 100 + i % 3),
                    listed(moving.getLast(), seller, "Quartz clock", 100));
        }
        SIDE.settle();

        for (String sort : List.of("relevance", "price", "-price", "title", "newest")) {
            List<String> seen = new ArrayList<>();
            String token = "";
            int page = 0;
            do {
                SearchProductsResponse found = catalog.searchProducts(search("quartz clok")
                        .setSeller(seller.value())
                        .setSort(sort)
                        .setPage(PageRequest.newBuilder().setSize(6).setToken(token))
                        .build());
                found.getProductsList().forEach(product -> seen.add(product.getId()));
                token = found.getNextPageToken();
                ProductId moved = moving.get(page++ % moving.size());
                SIDE.happened(
                        new ProductDescribed(
                                moved, new Description("Clock of quartz " + page, "quartz ".repeat(page), "x")),
                        new ProductRepriced(moved, Given.euros(1_000 + page)),
                        listed(ProductId.mint(), CustomerId.mint(), "Quartz clock quartz", 1));
            } while (!token.isEmpty());

            assertThat(seen)
                    .as(sort)
                    .containsAll(steady.stream().map(ProductId::value).toList());
            assertThat(seen.stream().filter(id -> steady.contains(new ProductId(id))))
                    .as(sort)
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"relevance", "price", "title"})
    void a_page_token_of_another_search_or_that_was_tampered_with_is_refused(String sort) {
        SearchProductsRequest first = search("tea")
                .setSort(sort)
                .setPage(PageRequest.newBuilder().setSize(1))
                .build();
        String token = catalog.searchProducts(first).getNextPageToken();
        String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        String check = text.substring(0, text.indexOf('\n'));

        for (String other : List.of("\n", "\nid\n", "\nid\nx", "\nid\n9:1", "\nid\n1")) {
            String made = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((check + other).getBytes(StandardCharsets.UTF_8));
            assertThat(problemOf(() -> catalog.searchProducts(first.toBuilder()
                            .setPage(PageRequest.newBuilder().setSize(1).setToken(made))
                            .build())))
                    .as(other)
                    .isEqualTo(Problem.INVALID_REQUEST);
        }
        assertThat(problemOf(() -> catalog.searchProducts(search("teapot")
                        .setSort(sort)
                        .setPage(PageRequest.newBuilder().setToken(token))
                        .build())))
                .isEqualTo(Problem.INVALID_REQUEST);
    }

    @Test
    void what_a_read_has_waited_for_is_found_by_the_next_search() {
        for (int i = 0; i < 5; i++) {
            ProductId id = ProductId.mint();
            long version = SIDE.write(listed(id, seller, "Velvet cushion " + i, 100));
            awaits(id, version);
            assertThat(ids(search("velvet cushion").setSeller(seller.value()).setSort("newest")))
                    .startsWith(id.value());

            awaits(id, SIDE.write(new ProductDescribed(id, new Description("Silk cushion", "", "things"))));
            assertThat(ids(search("velvet").setSeller(seller.value()))).doesNotContain(id.value());

            // Moves the stock, which changes nothing in the index: the read must not wait for its time.
            awaits(id, SIDE.write(new StockAdded(id, 1, new StockLevel(11, 0))));
        }
    }

    private void awaits(ProductId id, long version) {
        assertThat(catalog.getProduct(GetProductRequest.newBuilder()
                                .setProductId(id.value())
                                .setFreshness(Freshness.newBuilder()
                                        .setAtLeastVersion(version)
                                        .setWaitMillis(30_000))
                                .build())
                        .getFresh())
                .isTrue();
    }

    @Test
    void orders_write_to_the_index_only_when_the_last_unit_goes_or_the_first_comes_back() {
        ProductId id = ProductId.mint();
        SIDE.happened(listed(id, seller, "Copper kettle", 100));
        ProductIndex index = SIDE.bean(ProductIndex.class);
        Writes before = index.writes();

        for (int i = 1; i <= 9; i++) {
            SIDE.write(reserved(id, OrderId.mint(), 1, new StockLevel(10 - i, i)));
        }
        SIDE.happened(new StockReleased(id, OrderId.mint(), 1, Given.DEADLINE, new StockLevel(2, 8)));
        assertThat(index.writes()).as("nothing").isEqualTo(before);
        assertThat(titles(search("kettle").setInStock(true))).containsExactly("Copper kettle");

        SIDE.happened(reserved(id, OrderId.mint(), 2, new StockLevel(0, 10)));
        assertThat(index.writes().batches()).isEqualTo(before.batches() + 1);
        assertThat(titles(search("kettle").setInStock(true))).isEmpty();
        assertThat(titles(search("kettle").setInStock(false))).containsExactly("Copper kettle");

        SIDE.happened(new StockReservationRefused(
                id, OrderId.mint(), new Quantity(1), "insufficient-stock", Given.DEADLINE, new StockLevel(0, 10)));
        assertThat(index.writes().batches()).isEqualTo(before.batches() + 1);

        SIDE.happened(new StockReleased(id, OrderId.mint(), 1, Given.DEADLINE, new StockLevel(1, 9)));
        assertThat(index.writes().batches()).isEqualTo(before.batches() + 2);
        assertThat(titles(search("kettle").setInStock(true))).containsExactly("Copper kettle");
    }

    /** Each is as expensive as a search can be: ten long words, all misspelled, and counts of everything. */
    @Test
    void a_flood_of_the_worst_searches_leaves_reads_and_projections_alone() throws Exception {
        SearchProductsRequest worst = search(
                        "abcdefghijklmnopqr bcdefghijklmnopqrs cdefghijklmnopqrst defghijklmnopqrstu "
                                + "efghijklmnopqrstuv fghijklmnopqrstuvw ghijklmnopqrstuvwx hijklmnopqrstuvwxy ijklmnopqrstuvwxyz "
                                + "teapost t")
                .setFacets(true)
                .setPage(PageRequest.newBuilder().setSize(100))
                .build();
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        AtomicBoolean isOver = new AtomicBoolean();
        try (ExecutorService flood = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int client = 0; client < 100; client++) {
                clients.add(flood.submit(() -> {
                    do {
                        try {
                            catalog.searchProducts(worst);
                            answered.incrementAndGet();
                        } catch (StatusRuntimeException e) {
                            assertThat(RefusalCodec.fromStatus(e).problem()).isEqualTo(Problem.OVERLOADED);
                            refused.incrementAndGet();
                        }
                    } while (!isOver.get());
                }));
            }
            for (int i = 0; i < 10; i++) {
                ProductId id = ProductId.mint();
                awaits(id, SIDE.write(listed(id, seller, "Anvil " + i, 100)));
            }
            isOver.set(true);
            for (Future<?> client : clients) {
                client.get();
            }
        }

        assertThat(answered.get() + refused.get()).isGreaterThanOrEqualTo(100);
        assertThat(titles(search("anvil").setSeller(seller.value()).setSort("title")))
                .startsWith("Anvil 0")
                .hasSize(10);
    }

    @Test
    void a_delisted_product_is_found_by_its_seller_alone() {
        ProductId id = ProductId.mint();
        SIDE.happened(listed(id, seller, "Gramophone", 100), new ProductDelisted(id));

        assertThat(titles(search("gramophone"))).isEmpty();
        assertThat(CatalogQueriesGrpc.newBlockingStub(SIDE.as(seller))
                        .searchProducts(search("gramophone").setSeller("me").build())
                        .getProductsList())
                .extracting(Product::getTitle)
                .containsExactly("Gramophone");
    }

    @Test
    void suggestions_are_categories_and_titles_each_once() {
        ProductId again = ProductId.mint();
        SIDE.happened(listed(again, seller, new Description("GREEN TEA", "", "Tea"), 100));

        assertThat(suggested("t")).contains("CATEGORY Tea", "CATEGORY Tools", "TITLE Black tea");
        assertThat(suggested("tea"))
                .startsWith("CATEGORY Tea")
                .contains("TITLE Cast iron teapot")
                .hasSize(5);
        assertThat(suggested("umbrela")).containsExactly("TITLE Umbrella");
        assertThat(suggested("")).isEmpty();
        assertThat(suggested("...")).isEmpty();
        SIDE.happened(new ProductDelisted(again));
    }

    @Test
    void suggestions_are_bounded() {
        assertThat(catalog.suggestProducts(SuggestProductsRequest.newBuilder()
                                .setText("t")
                                .setSize(2)
                                .build())
                        .getSuggestionsList())
                .hasSize(2);
        for (SuggestProductsRequest refused : List.of(
                SuggestProductsRequest.newBuilder().setText("t").setSize(21).build(),
                SuggestProductsRequest.newBuilder().setText("t").setSize(-1).build(),
                SuggestProductsRequest.newBuilder().setText("t".repeat(201)).build())) {
            assertThat(problemOf(() -> catalog.suggestProducts(refused))).isEqualTo(Problem.INVALID_REQUEST);
        }
    }

    private List<String> suggested(String typed) {
        return catalog
                .suggestProducts(
                        SuggestProductsRequest.newBuilder().setText(typed).build())
                .getSuggestionsList()
                .stream()
                .map((Suggestion suggestion) -> suggestion.getKind() + " " + suggestion.getText())
                .toList();
    }

    private static SearchProductsRequest.Builder search(String typed) {
        return SearchProductsRequest.newBuilder().setSearch(typed);
    }

    private List<String> titles(SearchProductsRequest.Builder search) {
        return catalog.searchProducts(search.build()).getProductsList().stream()
                .map(Product::getTitle)
                .toList();
    }

    private List<String> ids(SearchProductsRequest.Builder search) {
        return catalog.searchProducts(search.build()).getProductsList().stream()
                .map(Product::getId)
                .toList();
    }
}
