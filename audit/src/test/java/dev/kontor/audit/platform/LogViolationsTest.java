package dev.kontor.audit.platform;

import static dev.kontor.audit.platform.ShopEvents.ANNA;
import static dev.kontor.audit.platform.ShopEvents.BERT;
import static dev.kontor.audit.platform.ShopEvents.DESK;
import static dev.kontor.audit.platform.ShopEvents.FIFTH;
import static dev.kontor.audit.platform.ShopEvents.FIRST;
import static dev.kontor.audit.platform.ShopEvents.LAMP;
import static dev.kontor.audit.platform.ShopEvents.SECOND;
import static dev.kontor.audit.platform.ShopEvents.THIRD;

import dev.kontor.audit.Invariant;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The clean history with one violation in it: orders, the log itself and carts. */
class LogViolationsTest extends ViolationsOfLog {

    static Stream<Arguments> violations() {
        return Stream.of(orders(), decisions(), identity(), log(), carts()).flatMap(all -> all);
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
                with(log, "cannot be found", "an event that its index does not know", story -> story.loseRow(7)),
                with(
                        log,
                        "file 000012.sst of column tokens is damaged",
                        "a damaged file that holds no event",
                        story -> story.damageFile("file 000012.sst of column tokens is damaged")),
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
                        "an event of an unknown type",
                        story -> story.retype(story.find("CartCleared"), "cart.CartBurnt")),
                with(
                        log,
                        "names " + DESK,
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
                        story -> story.rewrite(story.find("CartItemRemoved"), DESK, ShopEvents.id("a9"))),
                with(
                        carts,
                        "holds no more of product",
                        "a merge that takes away",
                        story -> story.rewrite(story.find("CartMerged"), "\"quantity\":4", "\"quantity\":0")),
                with(
                        carts,
                        "is checked out again",
                        "checked out while it is checked out",
                        story -> story.repeat(
                                story.find("CartCheckedOut", FIRST), story.find("CartCheckedOut", FIRST) + 1)),
                with(
                        carts,
                        "has no event of the decision",
                        "without an event of its order's decision",
                        story -> story.forget(story.find("CartReopened"))),
                with(
                        Invariant.ORDERS,
                        "was never placed, though a cart was checked out for it and nothing was wrong",
                        "open again after a checkout that became no order",
                        story -> story.forget(story.find("OrderPlaced", FIFTH))),
                with(
                        carts,
                        "which was not decided so",
                        "emptied before the order is confirmed",
                        story -> story.swap(story.find("OrderConfirmed", FIRST), story.find("CheckoutCompleted"))));
    }
}
