package dev.kontor.query;

import static dev.kontor.query.Given.listed;
import static dev.kontor.query.Given.placed;
import static dev.kontor.query.Given.registered;
import static dev.kontor.query.TestQuerySide.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.CredentialsEvent.TokensRevoked;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.RevokedBecause;
import dev.kontor.api.identity.SessionEvent.SessionOpened;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.TokenHash;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderLine;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc.CatalogQueriesBlockingStub;
import dev.kontor.proto.catalog.Category;
import dev.kontor.proto.catalog.ListCategoriesRequest;
import dev.kontor.proto.catalog.ListCategoriesResponse;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.ListSessionsRequest;
import dev.kontor.proto.identity.ListSessionsResponse;
import dev.kontor.proto.identity.Session;
import dev.kontor.proto.order.ListOrdersRequest;
import dev.kontor.proto.order.ListOrdersRequest.Scope;
import dev.kontor.proto.order.ListOrdersResponse;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderQueriesGrpc;
import io.grpc.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every list has pages of at most a hundred, each within the default message size of gRPC clients. */
class PagesTest {

    private static final int CLIENTS_TAKE = 4 << 20;

    /** Two UTF-16 code units and four bytes. */
    private static final String TEA = "\uD83C\uDF75";

    /** One UTF-16 code unit and three bytes: of a bounded length, this is the most bytes. */
    private static final String EURO = "\u20AC";

    private final TestQuerySide side = TestQuerySide.get();
    private final CatalogQueriesBlockingStub catalog = CatalogQueriesGrpc.newBlockingStub(side.anonymous());
    private final CustomerId customer = CustomerId.mint();

    @Test
    void categories_come_in_pages_each_of_them_once() {
        List<String> made = IntStream.range(0, 120)
                .mapToObj(number -> "%03d of ".formatted(number) + customer)
                .toList();
        made.forEach(category ->
                side.write(listed(ProductId.mint(), customer, new Description("Thing", "", category), 100)));
        side.settle();

        List<String> names = all(
                        7,
                        page -> catalog.listCategories(
                                ListCategoriesRequest.newBuilder().setPage(page).build()),
                        ListCategoriesResponse::getNextPageToken)
                .stream()
                .peek(page -> assertThat(page.getCategoriesCount()).isLessThanOrEqualTo(7))
                .flatMap(page -> page.getCategoriesList().stream())
                .map(Category::getName)
                .toList();

        assertThat(names).doesNotHaveDuplicates();
        assertThat(names.stream().filter(made::contains)).as("by name").isEqualTo(made);
        assertThat(catalog.listCategories(ListCategoriesRequest.getDefaultInstance())
                        .getCategoriesCount())
                .isEqualTo(20);
    }

    @Test
    void a_page_of_no_known_size_is_refused_in_every_list() {
        PageRequest tooLarge = PageRequest.newBuilder().setSize(101).build();
        PageRequest guessed = PageRequest.newBuilder().setToken("guessed").build();
        for (PageRequest page : List.of(tooLarge, guessed)) {
            assertThat(problemOf(() -> catalog.listCategories(
                            ListCategoriesRequest.newBuilder().setPage(page).build())))
                    .isEqualTo(Problem.INVALID_REQUEST);
            assertThat(problemOf(() -> sessions(page))).isEqualTo(Problem.INVALID_REQUEST);
        }
    }

    @Test
    void sessions_come_in_pages_the_one_used_last_first() {
        side.write(new VerifierSet(customer, new Sealed("sealed"), 1));
        List<String> opened = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            // The first ones under a void proof: they leave no gaps in the pages.
            if (number == 4) {
                side.write(new TokensRevoked(customer, 2, RevokedBecause.SIGNED_OUT_EVERYWHERE));
            }
            SessionId id = SessionId.mint();
            opened.add(id.value());
            side.write(new SessionOpened(
                    id,
                    customer,
                    number < 4 ? 1 : 2,
                    new TokenHash("hash"),
                    Instant.now().plus(Duration.ofDays(30)),
                    side.personalData().seal(customer, PersonalData.Field.DEVICE, "Lynx")));
        }
        side.settle();

        List<ListSessionsResponse> pages = all(3, this::sessions, ListSessionsResponse::getNextPageToken);

        assertThat(pages)
                .hasSize(2)
                .allSatisfy(page -> assertThat(page.getSessionsCount()).isEqualTo(3));
        assertThat(pages.stream()
                        .flatMap(page -> page.getSessionsList().stream())
                        .map(Session::getId))
                .isEqualTo(opened.subList(4, 10).reversed());
    }

    @Test
    void a_page_of_a_hundred_of_the_largest_products_is_less_than_a_client_takes() {
        side.write(registered(side.personalData(), customer, "e@example.com", EURO.repeat(100)));
        for (int number = 0; number < 100; number++) {
            String letter = number % 2 == 0 ? EURO : TEA;
            Description largest = new Description(
                    letter.repeat(200 / letter.length()),
                    letter.repeat(5_000 / letter.length()),
                    letter.repeat(60 / letter.length()));
            side.write(listed(ProductId.mint(), customer, largest, 10_000_000_000L));
        }
        side.settle();

        SearchProductsResponse page = catalog.searchProducts(SearchProductsRequest.newBuilder()
                .setSeller(customer.value())
                .setPage(PageRequest.newBuilder().setSize(100))
                .build());

        assertThat(page.getProductsCount()).isEqualTo(100);
        assertThat(page.getSerializedSize()).isBetween(1 << 20, CLIENTS_TAKE);
    }

    @Test
    void a_page_of_the_largest_orders_ends_where_a_client_would_take_no_more() {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            OrderLine[] lines = IntStream.range(0, 100)
                    .mapToObj(line -> new OrderLine(
                            ProductId.mint(),
                            new Quantity(1_000_000),
                            customer,
                            EURO.repeat(200),
                            Given.euros(10_000_000_000L)))
                    .toArray(OrderLine[]::new);
            OrderId id = OrderId.mint();
            ids.add(id.value());
            side.write(placed(id, customer, lines));
        }
        side.settle();

        for (Scope scope : List.of(Scope.OWN, Scope.SALES, Scope.ALL)) {
            List<ListOrdersResponse> pages = orders(scope == Scope.ALL ? side.asAdmin() : side.as(customer), scope);

            assertThat(pages)
                    .allSatisfy(page -> assertThat(page.getSerializedSize()).isLessThan(CLIENTS_TAKE));
            assertThat(pages.stream()
                            .flatMap(page -> page.getOrdersList().stream())
                            .filter(order -> order.getCustomerId().equals(customer.value()))
                            .map(Order::getId))
                    .as(scope.name())
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
        assertThat(orders(side.as(customer), Scope.OWN).getFirst().getOrdersCount())
                .as("a page is not cut without need")
                .isGreaterThan(30);
    }

    private static List<ListOrdersResponse> orders(Channel channel, Scope scope) {
        return all(
                100,
                page -> OrderQueriesGrpc.newBlockingStub(channel)
                        .listOrders(ListOrdersRequest.newBuilder()
                                .setScope(scope)
                                .setPage(page)
                                .build()),
                ListOrdersResponse::getNextPageToken);
    }

    private ListSessionsResponse sessions(PageRequest page) {
        return IdentityQueriesGrpc.newBlockingStub(side.as(customer))
                .listSessions(ListSessionsRequest.newBuilder().setPage(page).build());
    }

    private static <A> List<A> all(int size, Function<PageRequest, A> read, Function<A, String> next) {
        List<A> pages = new ArrayList<>();
        String token = "";
        do {
            pages.add(read.apply(
                    PageRequest.newBuilder().setSize(size).setToken(token).build()));
            token = next.apply(pages.getLast());
        } while (!token.isEmpty());
        return pages;
    }
}
