package dev.kontor.command;

import static dev.kontor.command.catalog.Products.DEADLINE;
import static dev.kontor.command.catalog.Products.DESCRIPTION;
import static dev.kontor.command.catalog.Products.PRICE;
import static dev.kontor.command.catalog.Products.SELLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.ProductCommand.AddStock;
import dev.kontor.api.catalog.ProductCommand.ChangeProduct;
import dev.kontor.api.catalog.ProductCommand.CommitStock;
import dev.kontor.api.catalog.ProductCommand.DelistProduct;
import dev.kontor.api.catalog.ProductCommand.ListProduct;
import dev.kontor.api.catalog.ProductCommand.QuoteProduct;
import dev.kontor.api.catalog.ProductCommand.ReleaseStock;
import dev.kontor.api.catalog.ProductCommand.RemoveStock;
import dev.kontor.api.catalog.ProductCommand.ReserveStock;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.CustomerCommand.DeactivateCustomer;
import dev.kontor.api.customer.CustomerCommand.ReadProfile;
import dev.kontor.api.customer.CustomerCommand.ReadStanding;
import dev.kontor.api.customer.CustomerCommand.RegisterCustomer;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.SessionCommand.EndSession;
import dev.kontor.api.identity.SessionCommand.OpenSession;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.TokenHash;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderCommand.CancelOrder;
import dev.kontor.api.order.OrderCommand.ConfirmOrder;
import dev.kontor.api.order.OrderCommand.DeliverOrder;
import dev.kontor.api.order.OrderCommand.PlaceOrder;
import dev.kontor.api.order.OrderCommand.RecallOrder;
import dev.kontor.api.order.OrderCommand.RecordStockReturn;
import dev.kontor.api.order.OrderCommand.RejectOrder;
import dev.kontor.api.order.OrderCommand.ShipOrder;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.RejectionReason;
import dev.kontor.command.catalog.Product;
import dev.kontor.command.customer.Customer;
import dev.kontor.command.identity.Session;
import dev.kontor.command.platform.LoggedAggregates;
import dev.kontor.command.platform.Scenario;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.testsupport.MutableClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All ids that a client can name are UUIDs. The id of one type does not exist as another type. */
class OtherTypesTest {

    private static final ProductId PRODUCT = new ProductId("0197a3c2-0000-7000-8000-0000000000d1");
    private static final OrderId ORDER = new OrderId("0197a3c2-0000-7000-8000-0000000000d2");
    private static final CustomerId CUSTOMER = new CustomerId("0197a3c2-0000-7000-8000-0000000000d3");
    private static final SessionId SESSION = new SessionId("0197a3c2-0000-7000-8000-0000000000d4");
    private static final Actor SELLS = new Actor(SELLER, Role.CUSTOMER);
    private static final List<OrderLine> LINES =
            List.of(new OrderLine(PRODUCT, new Quantity(1), SELLER, DESCRIPTION.title(), PRICE));

    @TempDir
    Path folder;

    private LoggedAggregates aggregates;

    @BeforeEach
    void oneOfEach() throws ClassNotFoundException {
        aggregates = new LoggedAggregates(
                folder,
                new MutableClock(Scenario.NOON),
                List.of(),
                List.of(Product.class, Class.forName("dev.kontor.command.order.Order"), Customer.class, Session.class));
        aggregates.send(new ListProduct(PRODUCT, SELLER, DESCRIPTION, PRICE, 5));
        aggregates.send(place(ORDER));
        Sealed sealed = new Sealed("AAAA");
        aggregates.send(new RegisterCustomer(CUSTOMER, sealed, sealed, Role.CUSTOMER));
        aggregates.send(new OpenSession(SESSION, CUSTOMER, 1, new TokenHash("a-hash"), sealed));
    }

    @AfterEach
    void close() {
        aggregates.close();
    }

    private static PlaceOrder place(OrderId orderId) {
        return new PlaceOrder(orderId, CUSTOMER, LINES, null, OrderOrigin.DIRECT, DEADLINE, "a-fingerprint");
    }

    private static Map<Class<?>, Stream<Object>> commandsTo(String id) {
        ProductId product = new ProductId(id);
        OrderId order = new OrderId(id);
        CustomerId customer = new CustomerId(id);
        return Map.of(
                ProductId.class,
                Stream.of(
                        new QuoteProduct(product),
                        new ChangeProduct(product, SELLS, new Description.Change("Torch", null, null), null),
                        new AddStock(product, SELLS, 1),
                        new RemoveStock(product, SELLS, 1),
                        new ReserveStock(product, ORDER, new Quantity(1), DEADLINE),
                        new ReleaseStock(product, ORDER, DEADLINE),
                        new CommitStock(product, ORDER),
                        new DelistProduct(product, SELLS)),
                OrderId.class,
                Stream.of(
                        place(order),
                        new RecallOrder(order, CUSTOMER, "a-fingerprint"),
                        new ConfirmOrder(order, LINES, List.of()),
                        new RejectOrder(order, Rejection.of(RejectionReason.ORDER_EXPIRED)),
                        new CancelOrder(order, new Actor(CUSTOMER, Role.CUSTOMER)),
                        new ShipOrder(order),
                        new DeliverOrder(order),
                        new RecordStockReturn(order, List.of())),
                CustomerId.class,
                Stream.of(new ReadProfile(customer), new ReadStanding(customer), new DeactivateCustomer(customer)),
                SessionId.class,
                Stream.of(new EndSession(new SessionId(id), CUSTOMER)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_id_of_another_type_is_not_found(boolean isInMemory) {
        Stream.of(PRODUCT, ORDER, CUSTOMER, SESSION)
                .forEach(id -> commandsTo(id.toString()).forEach((of, commands) -> {
                    if (of != id.getClass()) {
                        commands.forEach(command -> {
                            if (!isInMemory) {
                                aggregates.forgetAll();
                            }
                            RefusedException refused = catchThrowableOfType(
                                    RefusedException.class,
                                    () -> aggregates.commands().send(command));
                            assertThat(refused).as("%s of %s", command, id).isNotNull();
                            assertThat(refused.problem())
                                    .as("%s of %s", command, id)
                                    .isEqualTo(Problem.NOT_FOUND);
                        });
                    }
                }));

        assertThat(Stream.of(PRODUCT, ORDER, CUSTOMER, SESSION)
                        .mapToInt(id -> aggregates.eventsOf(id).size()))
                .as("events of each")
                .containsExactly(1, 1, 1, 1);
    }
}
