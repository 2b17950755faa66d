package dev.kontor.command;

import static dev.kontor.command.catalog.Products.DEADLINE;
import static dev.kontor.command.catalog.Products.DESCRIPTION;
import static dev.kontor.command.catalog.Products.DESK;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.PRICE;
import static dev.kontor.command.catalog.Products.SELLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.Precondition;
import dev.kontor.api.cart.CartCommand;
import dev.kontor.api.cart.CartCommand.CheckOutCart;
import dev.kontor.api.cart.CartCommand.ClearCart;
import dev.kontor.api.cart.CartCommand.CompleteCheckout;
import dev.kontor.api.cart.CartCommand.MergeCart;
import dev.kontor.api.cart.CartCommand.PutCartItem;
import dev.kontor.api.cart.CartCommand.RecallCheckout;
import dev.kontor.api.cart.CartCommand.RemoveCartItem;
import dev.kontor.api.cart.CartCommand.ReopenCart;
import dev.kontor.api.cart.CartEvent.CartCleared;
import dev.kontor.api.cart.CartId;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
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
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.EmailCommand.ClaimEmail;
import dev.kontor.api.identity.EmailCommand.FindEmailOwner;
import dev.kontor.api.identity.EmailCommand.ReleaseEmail;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.operations.OperatorCommand.RecordAct;
import dev.kontor.api.operations.OperatorCommand.RecordActEnd;
import dev.kontor.api.operations.OperatorsId;
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
import dev.kontor.command.cart.Cart;
import dev.kontor.command.platform.LoggedAggregates;
import dev.kontor.command.platform.Scenario;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.testsupport.MutableClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.spring.stereotype.Aggregate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/**
 * Two processes write to one log, and the cache of one is stale. Commands that write nothing because of a stale state
 * get the same answers as without a cache.
 */
class OldStatesTest {

    private static final CustomerId ANNA = new CustomerId("0197a3c2-0000-7000-8000-0000000000b1");
    private static final CustomerId BEN = new CustomerId("0197a3c2-0000-7000-8000-0000000000b2");
    private static final Actor SELLS = new Actor(SELLER, Role.CUSTOMER);
    private static final Actor BUYS = new Actor(ANNA, Role.CUSTOMER);
    private static final OrderId ORDER = new OrderId("0197a3c2-0000-7000-8000-0000000000c1");
    private static final OrderId CHECKOUT = OrderId.ofCheckout(ANNA, 1);
    private static final EmailKey EMAIL = new EmailKey("a-hash");
    private static final OrderLine LINE = new OrderLine(LAMP, new Quantity(1), SELLER, DESCRIPTION.title(), PRICE);

    private static final Object PUT = new PutCartItem(ANNA, LAMP, new Quantity(1));
    private static final Object CHECK_OUT = new CheckOutCart(ANNA, null);
    private static final Object LIST = new ListProduct(LAMP, SELLER, DESCRIPTION, PRICE, 5);
    private static final Object RESERVE = new ReserveStock(LAMP, ORDER, new Quantity(2), DEADLINE);
    private static final Object PLACE =
            new PlaceOrder(ORDER, ANNA, List.of(LINE), null, OrderOrigin.DIRECT, DEADLINE, "a-fingerprint");
    private static final Object CONFIRM = new ConfirmOrder(ORDER, List.of(LINE), List.of());

    /**
     * @param seen commands that fill the cache of the first process
     * @param meanwhile commands to the second process
     * @param late the time of the command, since the beginning
     */
    private record Case(Object asked, List<Object> seen, List<Object> meanwhile, long late) {

        Case(Object asked, List<Object> seen, List<Object> meanwhile) {
            this(asked, seen, meanwhile, 0);
        }

        @Override
        public String toString() {
            return asked.getClass().getSimpleName() + " after "
                    + meanwhile.stream()
                            .map(done -> done.getClass().getSimpleName())
                            .collect(Collectors.joining(", "));
        }
    }

    private static List<Object> fullCart() {
        return IntStream.range(0, CartCommand.MOST_LINES)
                .<Object>mapToObj(i -> new PutCartItem(
                        ANNA, new ProductId("0197a3c2-0000-7000-8000-%012x".formatted(i + 1)), new Quantity(1)))
                .toList();
    }

    private static Object change(String title) {
        return new ChangeProduct(LAMP, SELLS, new Description.Change(title, null, null), null);
    }

    private static Object change(String title, long version) {
        return new ChangeProduct(LAMP, SELLS, new Description.Change(title, null, null), null, version(version));
    }

    private static Precondition version(long version) {
        return new Precondition(List.of(version));
    }

    static List<Case> cases() {
        Object putMore = new PutCartItem(ANNA, LAMP, new Quantity(2));
        Object putDesk = new PutCartItem(ANNA, DESK, new Quantity(1));
        Object takeOut = new RemoveCartItem(ANNA, LAMP);
        Object merge =
                new MergeCart(ANNA, "a-merge", "a-print", List.of(new CartLine(LAMP, new Quantity(1))), List.of());
        Object release = new ReleaseStock(LAMP, ORDER, DEADLINE);
        Object cancel = new CancelOrder(ORDER, BUYS);
        Object reject = new RejectOrder(ORDER, Rejection.of(RejectionReason.ORDER_EXPIRED));
        Object ship = new ShipOrder(ORDER);
        Object deliver = new DeliverOrder(ORDER);
        Object recordReturn = new RecordStockReturn(ORDER, List.of());
        Object claim = new ClaimEmail(EMAIL, ANNA);
        Object give = new ReleaseEmail(EMAIL, ANNA);
        Object findOwner = new FindEmailOwner(EMAIL);
        Object act = new RecordAct("an-admin", "unmask", "an-aggregate/0", "a reason");
        Object secondEnd = new RecordActEnd("an-admin", 1, "done");
        return List.of(
                new Case(PUT, List.of(PUT), List.of(putMore)),
                new Case(putDesk, fullCart(), List.of(new ClearCart(ANNA))),
                new Case(takeOut, List.of(putDesk), List.of(PUT)),
                new Case(merge, List.of(PUT), List.of(merge)),
                new Case(new ClearCart(ANNA), List.of(PUT, takeOut), List.of(PUT)),
                new Case(CHECK_OUT, List.of(PUT, takeOut), List.of(PUT)),
                new Case(CHECK_OUT, List.of(PUT, CHECK_OUT), List.of(new ReopenCart(ANNA, CHECKOUT))),
                new Case(new RecallCheckout(ANNA, CHECKOUT), List.of(PUT), List.of(CHECK_OUT)),
                new Case(new CompleteCheckout(ANNA, CHECKOUT), List.of(PUT), List.of(CHECK_OUT)),
                new Case(new ReopenCart(ANNA, CHECKOUT), List.of(PUT), List.of(CHECK_OUT)),
                new Case(change("Lamp"), List.of(LIST), List.of(change("Torch"))),
                // A precondition that only the present state meets, and one that only the stale state meets.
                new Case(change("Lamp", 1), List.of(LIST), List.of(change("Torch"))),
                new Case(change("Lamp", 0), List.of(LIST), List.of(change("Torch"))),
                new Case(new ShipOrder(ORDER, version(1)), List.of(PLACE), List.of(CONFIRM)),
                new Case(new ShipOrder(ORDER, version(0)), List.of(PLACE), List.of(CONFIRM)),
                new Case(
                        new AddStock(LAMP, SELLS, 10),
                        List.of(new ListProduct(LAMP, SELLER, DESCRIPTION, PRICE, StockLevel.HIGHEST)),
                        List.of(new RemoveStock(LAMP, SELLS, 10))),
                new Case(new RemoveStock(LAMP, SELLS, 6), List.of(LIST), List.of(new AddStock(LAMP, SELLS, 1))),
                new Case(
                        new DelistProduct(LAMP, SELLS),
                        List.of(LIST, new DelistProduct(LAMP, SELLS)),
                        List.of(RESERVE)),
                new Case(
                        new QuoteProduct(LAMP),
                        List.of(LIST),
                        List.of(new ChangeProduct(
                                LAMP, SELLS, new Description.Change(null, null, null), new Money(1, "EUR")))),
                new Case(RESERVE, List.of(LIST, RESERVE), List.of(new CommitStock(LAMP, ORDER))),
                new Case(release, List.of(LIST), List.of(RESERVE), 120),
                new Case(new CommitStock(LAMP, ORDER), List.of(LIST), List.of(RESERVE)),
                new Case(PLACE, List.of(PLACE), List.of(CONFIRM)),
                new Case(new RecallOrder(ORDER, ANNA, "a-fingerprint"), List.of(PLACE), List.of(CONFIRM)),
                new Case(CONFIRM, List.of(PLACE, CONFIRM), List.of(cancel)),
                new Case(reject, List.of(PLACE, CONFIRM), List.of(cancel)),
                new Case(cancel, List.of(PLACE, cancel), List.of(recordReturn)),
                new Case(ship, List.of(PLACE), List.of(CONFIRM)),
                new Case(deliver, List.of(PLACE, CONFIRM), List.of(ship)),
                new Case(recordReturn, List.of(PLACE), List.of(cancel)),
                new Case(new ClaimEmail(EMAIL, BEN), List.of(claim), List.of(give)),
                new Case(give, List.of(claim, give), List.of(claim)),
                new Case(findOwner, List.of(claim), List.of(give)),
                new Case(act, List.of(act), List.of(act)),
                new Case(secondEnd, List.of(act), List.of(act)));
    }

    @TempDir
    Path folder;

    /** The answer of a command, and the log afterwards. */
    private record Outcome(Object told, List<Object> logged) {}

    private Outcome outcomeOf(Case one, boolean forgetful) {
        MutableClock clock = new MutableClock(Scenario.NOON);
        try (LoggedAggregates first = LoggedAggregates.ofMany(
                folder.resolve(Boolean.toString(forgetful)), clock, List.of(), List.copyOf(kept()))) {
            one.seen().forEach(first::send);
            LoggedAggregates second = first.another();
            one.meanwhile().forEach(second::send);
            clock.set(Scenario.NOON.plusSeconds(one.late()));
            if (forgetful) {
                first.forgetAll();
            }
            Object told;
            try {
                told = first.commands().send(one.asked());
            } catch (RefusedException refused) {
                told = refused.problem() + ": " + refused.detail();
            }
            List<Object> logged = new ArrayList<>();
            Stream.of(new CartId(ANNA), LAMP, ORDER, EMAIL, new OperatorsId())
                    .map(first::eventsOf)
                    .forEach(logged::addAll);
            return new Outcome(told, logged);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_stale_cached_state_does_not_decide_an_answer(Case one) {
        assertThat(outcomeOf(one, false)).isEqualTo(outcomeOf(one, true));
    }

    /** The standalone process does not compare with the log, so its cache must equal the log. */
    @Test
    void an_append_that_fails_leaves_nothing_of_it_in_memory() {
        try (LoggedAggregates alone = new LoggedAggregates(folder, Cart.class)) {
            alone.send(PUT);
            alone.append("Cart", new CartId(ANNA), 1, List.of(new CartCleared(ANNA)));

            long version = alone.commands().send(new PutCartItem(ANNA, DESK, new Quantity(1)));

            assertThat(version).isEqualTo(2);
            assertThat(alone.<Long>send(new RemoveCartItem(ANNA, LAMP))).isEqualTo(2);
            assertThat(alone.eventsOf(new CartId(ANNA))).hasSize(3);
        }
    }

    @Test
    void every_command_of_an_aggregate_that_is_kept_in_memory_is_tried() {
        Set<Class<?>> handled = kept().stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(CommandHandler.class))
                .<Class<?>>map(method -> method.getParameterTypes()[0])
                .collect(Collectors.toSet());

        assertThat(cases().stream().<Class<?>>map(one -> one.asked().getClass()).collect(Collectors.toSet()))
                .isNotEmpty()
                .isEqualTo(handled);
    }

    /** The aggregates that name a repository. */
    private static List<Class<?>> kept() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Aggregate.class));
        return scanner.findCandidateComponents(OldStatesTest.class.getPackageName()).stream()
                .<Class<?>>map(found -> type(found.getBeanClassName()))
                .filter(type ->
                        !type.getAnnotation(Aggregate.class).repository().isEmpty())
                .toList();
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
