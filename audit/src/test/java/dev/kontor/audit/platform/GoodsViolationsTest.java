package dev.kontor.audit.platform;

import static dev.kontor.audit.platform.ShopEvents.DESK;
import static dev.kontor.audit.platform.ShopEvents.FIRST;
import static dev.kontor.audit.platform.ShopEvents.FOURTH;
import static dev.kontor.audit.platform.ShopEvents.LAMP;
import static dev.kontor.audit.platform.ShopEvents.SECOND;
import static dev.kontor.audit.platform.ShopEvents.THIRD;

import dev.kontor.audit.Invariant;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The clean history with one violation in it: stock, and the orders' reservations. */
class GoodsViolationsTest extends ViolationsOfLog {

    static Stream<Arguments> violations() {
        return Stream.of(stock(), prices(), confirmations(), returns()).flatMap(all -> all);
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
                        story -> story.rewrite(story.find("StockReserved", THIRD), THIRD, ShopEvents.id("ff"))),
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
                                story.find("StockReserved", FIRST), ShopEvents.DEADLINE, "2026-03-01T12:09:00Z")),
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

    private static Stream<Arguments> prices() {
        Invariant prices = Invariant.PRICES;
        return Stream.of(
                with(
                        prices,
                        "a second time",
                        "the currency fixed twice",
                        story -> story.repeat(story.find("CurrencyFixed"), story.find("ProductDelisted"))),
                with(
                        prices,
                        "fixes USD, though the log trades in EUR",
                        "another currency fixed than there are prices in",
                        story -> story.rewrite(story.find("CurrencyFixed"), "EUR", "USD")
                                .swap(story.find("CurrencyFixed"), story.find("ProductListed", LAMP))),
                with(
                        prices,
                        "has a price in USD, though the shop trades in EUR",
                        "a product priced in another currency",
                        story -> story.rewrite(story.find("ProductRepriced"), "EUR", "USD")),
                with(
                        prices,
                        "has a price in USD, though the shop trades in EUR",
                        "an order of two currencies",
                        story -> story.rewrite(
                                story.find("OrderPlaced", SECOND),
                                "\"unitPrice\":{\"amount\":300,\"currency\":\"EUR\"}",
                                "\"unitPrice\":{\"amount\":300,\"currency\":\"USD\"}")));
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
}
