package dev.kontor.audit.operations;

import static dev.kontor.audit.operations.ShopStory.ANNA;
import static dev.kontor.audit.operations.ShopStory.BERT;
import static dev.kontor.audit.operations.ShopStory.DESK;
import static dev.kontor.audit.operations.ShopStory.FIFTH;
import static dev.kontor.audit.operations.ShopStory.FIRST;
import static dev.kontor.audit.operations.ShopStory.FOURTH;
import static dev.kontor.audit.operations.ShopStory.LAMP;
import static dev.kontor.audit.operations.ShopStory.SECOND;
import static dev.kontor.audit.operations.ShopStory.THIRD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kontor.audit.Invariant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The clean story with one thing wrong in it. */
class LogViolationsTest {

    private static Arguments with(Invariant invariant, String detail, String name, Consumer<Story> wrong) {
        return arguments(named(name, wrong), invariant, detail);
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                        stock(),
                        orders(),
                        decisions(),
                        confirmations(),
                        returns(),
                        identity(),
                        log(),
                        carts(),
                        accounts())
                .flatMap(all -> all);
    }

    private static Stream<Arguments> stock() {
        Invariant stock = Invariant.STOCK;
        return Stream.of(
                with(
                        stock,
                        "states available 9",
                        "a level that does not follow",
                        story -> story.rewrite(
                                story.find("StockReserved", FIRST), "\"available\":7", "\"available\":9")),
                with(
                        stock,
                        "but by its history there is",
                        "units that come from nowhere",
                        story -> story.rewrite(story.find("StockAdded", DESK), "\"units\":3", "\"units\":4")),
                with(
                        stock,
                        "does not add up",
                        "more is removed than there is",
                        story -> story.rewrite(story.find("StockRemoved"), "\"units\":1", "\"units\":9")
                                .rewrite(story.find("StockRemoved"), "\"available\":7", "\"available\":-1")),
                with(
                        stock,
                        "which was never placed",
                        "stock for an order that never was",
                        story -> story.rewrite(story.find("StockReserved", THIRD), THIRD, ShopStory.id("ff"))),
                with(
                        stock,
                        "is reserved after it was RESERVED",
                        "reserved twice",
                        story -> story.repeat(
                                story.find("StockReserved", THIRD), story.find("StockReserved", THIRD) + 1)),
                with(
                        stock,
                        "releases 1 units of an order that holds 0 (RELEASED)",
                        "released twice",
                        story -> story.repeat(
                                story.find("StockReleased", SECOND), story.find("StockReleased", SECOND) + 1)),
                with(
                        stock,
                        "which has nothing open of it",
                        "committed twice",
                        story -> story.repeat(story.find("StockCommitted"), story.find("StockCommitted") + 1)),
                with(
                        stock,
                        "is released for an order that is CONFIRMED",
                        "released while the order wants it",
                        story -> story.repeat(story.find("StockReleased", THIRD), story.find("OrderCancelled", THIRD))),
                with(
                        stock,
                        "commits 2 units of an order that has 2 (NOTHING)",
                        "committed without reservation",
                        story -> story.forget(story.find("StockReserved", FOURTH))),
                with(
                        stock,
                        "is committed for an order that is CONFIRMED",
                        "committed before it is shipped",
                        story -> story.forget(story.find("OrderShipped")).forget(story.find("OrderDelivered"))),
                with(
                        stock,
                        "reserves 4 units where 3 were ordered",
                        "more reserved than ordered",
                        story -> story.rewrite(story.find("StockReserved", FIRST), "\"quantity\":3", "\"quantity\":4")),
                with(
                        stock,
                        "until another deadline",
                        "reserved until another moment",
                        story -> story.rewrite(
                                story.find("StockReserved", FIRST), ShopStory.DEADLINE, "2026-03-01T12:09:00Z")),
                with(
                        stock,
                        "refuses 2 units",
                        "refused though there was enough",
                        story -> story.rewrite(
                                story.find("StockReservationRefused", SECOND), "\"quantity\":9", "\"quantity\":2")),
                with(
                        stock,
                        "is listed a second time",
                        "listed twice",
                        story -> story.repeat(story.find("ProductListed", LAMP), story.find("ProductDescribed"))),
                with(
                        stock,
                        "before it was ever listed",
                        "never listed",
                        story -> story.forget(story.find("ProductListed", LAMP))));
    }

    private static Stream<Arguments> orders() {
        Invariant orders = Invariant.ORDERS;
        return Stream.of(
                with(
                        orders,
                        "but it was never placed",
                        "confirmed out of nothing",
                        story -> story.forget(story.find("OrderPlaced", FIRST))),
                with(orders, "was never placed, though a cart", "a checkout that became no order", story -> {
                    story.forget(story.find("OrderPlaced", FIFTH));
                    story.forget(story.find("StockReservationRefused", FIFTH));
                    story.forget(story.find("OrderRejected", FIFTH));
                    story.forget(story.find("OrderStockReturned", FIFTH));
                    story.forget(story.find("CartReopened"));
                }),
                with(
                        orders,
                        "no cart was checked out for it",
                        "an order from a cart that was not checked out",
                        story -> story.forget(story.find("CartCheckedOut", FIRST))),
                with(
                        orders,
                        "is not what the cart was checked out for",
                        "an order of something else",
                        story -> story.rewrite(story.find("OrderPlaced", FIRST), "\"quantity\":3", "\"quantity\":4")),
                with(
                        orders,
                        "in one of its lines",
                        "an order of nothing",
                        story -> story.rewrite(story.find("OrderPlaced", THIRD), "\"quantity\":2", "\"quantity\":0")),
                with(
                        orders,
                        "belongs to customer",
                        "an order that changes hands",
                        story -> story.rewrite(story.find("OrderShipped"), ANNA, BERT)),
                with(
                        orders,
                        "about other products",
                        "shipped is something else",
                        story -> story.rewrite(story.find("OrderShipped"), DESK, LAMP)));
    }

    private static Stream<Arguments> decisions() {
        Invariant decisions = Invariant.DECISIONS;
        return Stream.of(
                with(
                        decisions,
                        "past its deadline",
                        "never decided",
                        story -> story.forget(story.find("OrderRejected", SECOND))),
                with(
                        decisions,
                        "becomes REJECTED, though it is CONFIRMED",
                        "decided twice",
                        story -> story.repeat(
                                        story.find("OrderRejected", SECOND), story.find("OrderConfirmed", THIRD) + 1)
                                .rewrite(story.find("OrderConfirmed", THIRD) + 1, SECOND, THIRD)
                                .move(story.find("OrderConfirmed", THIRD) + 1, THIRD)),
                with(
                        decisions,
                        "becomes SHIPPED, though it is DELIVERED",
                        "goes back",
                        story -> story.repeat(story.find("OrderShipped"), story.find("OrderDelivered") + 1)),
                with(
                        decisions,
                        "as if it were PLACED",
                        "cancelled out of another state",
                        story -> story.rewrite(story.find("OrderCancelled"), "CONFIRMED", "PLACED")));
    }

    private static Stream<Arguments> confirmations() {
        Invariant returns = Invariant.RETURNS;
        return Stream.of(
                with(
                        returns,
                        "which is not how it was reserved",
                        "confirmed at another price",
                        story -> story.rewrite(story.find("OrderConfirmed", FIRST), "\"amount\":100", "\"amount\":90")),
                with(
                        returns,
                        "but its lines cost",
                        "a total that is no sum",
                        story ->
                                story.rewrite(story.find("OrderConfirmed", FIRST), "\"amount\":300", "\"amount\":299")),
                with(
                        returns,
                        "which is not what was expected",
                        "another total than expected",
                        story -> story.rewrite(
                                story.find("OrderPlaced", THIRD),
                                "\"expectedTotal\":null",
                                "\"expectedTotal\":{\"amount\":1,\"currency\":\"EUR\"}")),
                with(
                        returns,
                        "says that it was reserved by event 9",
                        "another version of the product",
                        story -> story.rewrite(
                                story.find("OrderConfirmed", FIRST), "\"productVersion\":1", "\"productVersion\":9")),
                with(
                        returns,
                        "has 2 ordered (REFUSED)",
                        "confirmed without its stock",
                        story -> story.retype(story.find("StockReserved", FOURTH), "catalog.StockReservationRefused")
                                .rewrite(
                                        story.find("StockReservationRefused", FOURTH),
                                        "\"quantity\":2",
                                        "\"quantity\":2,\"code\":\"order-expired\"")),
                with(
                        returns,
                        "is not what the product says",
                        "reserved under another title",
                        story -> story.rewrite(story.find("StockReserved", FIRST), "Läßt Lamp", "Light")),
                with(
                        returns,
                        "after it was delisted",
                        "reserved after it was delisted",
                        story -> story.repeat(story.find("ProductDelisted"), story.find("StockReserved", FOURTH))));
    }

    private static Stream<Arguments> returns() {
        Invariant returns = Invariant.RETURNS;
        return Stream.of(
                with(
                        returns,
                        "are still RESERVED",
                        "stock that never came back",
                        story -> story.forget(story.find("StockReleased", THIRD))
                                .forget(story.find("OrderStockReturned", THIRD))),
                with(
                        returns,
                        "while it holds 2",
                        "said to be back while it is not",
                        story -> story.forget(story.find("StockReleased", THIRD))),
                with(
                        returns,
                        "never noted",
                        "a return that was never noted",
                        story -> story.forget(story.find("OrderStockReturned", THIRD))),
                with(
                        returns,
                        "a second time that its stock",
                        "noted twice",
                        story -> story.repeat(
                                story.find("OrderStockReturned", THIRD), story.find("OrderStockReturned", THIRD) + 1)),
                with(
                        returns,
                        "though it is CONFIRMED",
                        "noted for an order that keeps its stock",
                        story -> story.repeat(story.find("OrderStockReturned", THIRD), story.find("OrderCancelled"))),
                with(
                        returns,
                        "shows again at version 2",
                        "said to show before it did",
                        story -> story.rewrite(
                                story.find("OrderStockReturned", THIRD),
                                "\"productVersion\":5",
                                "\"productVersion\":2")),
                with(
                        returns,
                        "are still RESERVED",
                        "shipped and never taken out",
                        story -> story.forget(story.find("StockCommitted"))));
    }

    private static Stream<Arguments> identity() {
        Invariant identity = Invariant.IDENTITY;
        return Stream.of(
                with(
                        identity,
                        "is placed a second time",
                        "placed twice",
                        story ->
                                story.repeat(story.find("OrderPlaced", SECOND), story.find("OrderPlaced", SECOND) + 1)),
                with(
                        identity,
                        "its fingerprint is another",
                        "placed again for something else",
                        story -> story.repeat(story.find("OrderPlaced", SECOND), story.find("OrderPlaced", SECOND) + 1)
                                .rewrite(story.find("OrderPlaced", SECOND) + 1, "\"print\"", "\"other\"")));
    }

    private static Stream<Arguments> log() {
        Invariant log = Invariant.LOG;
        return Stream.of(
                with(
                        log,
                        "its event 9 comes where its event 0 must",
                        "a history that begins in the middle",
                        story -> story.renumber(story.find("ProductListed", LAMP), 9)),
                with(
                        log,
                        "is missing",
                        "a record that is not there",
                        story -> story.damage(story.find("StockRemoved"), "is missing")),
                with(
                        log,
                        "its payload is not JSON",
                        "a payload that is none",
                        story -> story.rewrite(story.find("StockRemoved"), "{\"productId\"", "productId")),
                with(
                        log,
                        "has no whole number 'units'",
                        "a payload without its fields",
                        story -> story.rewrite(story.find("StockRemoved"), "\"units\"", "\"pieces\"")),
                with(
                        log,
                        "which this audit does not know",
                        "an event of a kind nobody knows",
                        story -> story.retype(story.find("CartCleared"), "cart.CartBurnt")),
                with(
                        log,
                        "speaks of " + DESK,
                        "an event in another's history",
                        story -> story.rewrite(story.find("StockAdded", LAMP), LAMP, DESK)),
                with(log, "has an id that is in the log already", "an event id twice", story -> story.sameId(5, 4)));
    }

    private static Stream<Arguments> carts() {
        Invariant carts = Invariant.CARTS;
        return Stream.of(
                with(
                        carts,
                        "with other lines than it holds",
                        "checked out with something else",
                        story ->
                                story.rewrite(story.find("CartCheckedOut", FIFTH), "\"quantity\":2", "\"quantity\":3")),
                with(
                        carts,
                        "keeps other lines",
                        "what was ordered stays in it",
                        story -> story.rewrite(story.find("CheckoutCompleted"), "\"quantity\":2", "\"quantity\":5")),
                with(
                        carts,
                        "which is not in it",
                        "loses what it does not hold",
                        story -> story.rewrite(story.find("CartItemRemoved"), DESK, ShopStory.id("a9"))),
                with(
                        carts,
                        "is checked out again",
                        "checked out while it is checked out",
                        story -> story.repeat(
                                story.find("CartCheckedOut", FIRST), story.find("CartCheckedOut", FIRST) + 1)),
                with(
                        carts,
                        "was never told",
                        "never told what became of its order",
                        story -> story.forget(story.find("CartReopened"))),
                with(
                        carts,
                        "which was not decided so",
                        "emptied before the order is confirmed",
                        story -> story.swap(story.find("OrderConfirmed", FIRST), story.find("CheckoutCompleted"))));
    }

    private static Stream<Arguments> accounts() {
        Invariant accounts = Invariant.ACCOUNTS;
        return Stream.of(
                with(
                        accounts,
                        "while it belongs to customer",
                        "an e-mail claimed by two",
                        story -> story.repeat(story.find("EmailClaimed", BERT), story.find("SignInSucceeded"))
                                .rewrite(story.find("EmailClaimed", BERT), BERT, ANNA)),
                with(
                        accounts,
                        "who does not have it",
                        "an e-mail released by somebody else",
                        story -> story.rewrite(story.find("EmailReleased"), BERT, ANNA)),
                with(
                        accounts,
                        "has no account",
                        "an e-mail without an account",
                        story -> story.rewrite(story.find("EmailClaimed", ANNA), ANNA, ShopStory.id("0c"))),
                with(
                        accounts,
                        "account that is ERASED",
                        "a life after erasure",
                        story -> story.repeat(story.find("CustomerErased"), story.size())),
                with(
                        accounts,
                        "account that is DEACTIVATED",
                        "a change after deactivation",
                        story -> story.repeat(story.find("RoleGranted"), story.find("CustomerErased"))
                                .rewrite(story.find("CustomerErased") - 1, ANNA, BERT)
                                .move(story.find("CustomerErased") - 1, BERT)),
                with(
                        accounts,
                        "let somebody in by verifier 2",
                        "signed in by a password that does not count",
                        story -> story.rewrite(story.find("SignInSucceeded"), ":1}", ":2}")),
                with(
                        accounts,
                        "are closed again",
                        "closed twice",
                        story -> story.repeat(story.find("CredentialsClosed"), story.size())));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void one_thing_wrong_is_found_and_named(Consumer<Story> wrong, Invariant invariant, String detail) {
        Story story = ShopStory.tell();

        wrong.accept(story);

        AuditReport report = new Audit(story, null, line -> {}).run();
        assertThat(report.violations()).as(report.text()).anySatisfy(violation -> {
            assertThat(violation.invariant()).isEqualTo(invariant);
            assertThat(violation.detail()).contains(detail);
        });
        assertThat(report.isClean()).isFalse();
    }
}
