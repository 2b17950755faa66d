package dev.kontor.audit.platform;

import java.time.Duration;

/** One event of every possible kind in a shop, and none that is impossible. */
final class ShopEvents {

    static final String ANNA = id("0a");
    static final String BERT = id("0b");
    static final String LAMP = id("a1");
    static final String DESK = id("a2");
    /** From Anna's cart; confirmed. */
    static final String FIRST = id("f1");
    /** Asks for more desks than there are; rejected. */
    static final String SECOND = id("f2");
    /** Confirmed, then cancelled. */
    static final String THIRD = id("f3");
    /** Confirmed, shipped, delivered. */
    static final String FOURTH = id("f4");
    /** From Anna's cart; rejected. */
    static final String FIFTH = id("f5");

    static final String REQUEST = id("d1");

    static final String DEADLINE = "2026-03-01T12:01:00Z";

    private final EventHistory story = new EventHistory();

    private ShopEvents() {}

    static String id(String end) {
        return "0197a3c2-0000-7000-8000-0000000000" + end;
    }

    static EventHistory tell() {
        ShopEvents shop = new ShopEvents();
        new ShopAccounts(shop.story).come();
        shop.catalog();
        shop.firstOrder();
        shop.secondOrder();
        shop.thirdOrder();
        shop.fourthOrder();
        shop.fifthOrder();
        shop.aftermath();
        shop.keyedRequest();
        return shop.story;
    }

    private void catalog() {
        story.tell("Shop", "shop", "catalog.CurrencyFixed", "{\"currency\":\"EUR\"}");
        product(
                "ProductListed",
                LAMP,
                "\"sellerId\":\"%s\",\"description\":{\"title\":\"Läßt Lamp\",\"text\":\"\",\"category\":\"light\"},\"price\":{\"amount\":100,\"currency\":\"EUR\"}"
                        .formatted(BERT),
                10,
                0);
        product(
                "ProductListed",
                DESK,
                "\"sellerId\":\"%s\",\"description\":{\"title\":\"Table\",\"text\":\"\",\"category\":\"wood\"},\"price\":{\"amount\":250,\"currency\":\"EUR\"}"
                        .formatted(BERT),
                5,
                0);
        product(
                "ProductDescribed",
                DESK,
                "\"description\":{\"title\":\"Desk\",\"text\":\"Big\",\"category\":\"wood\"}");
        product("ProductRepriced", DESK, "\"price\":{\"amount\":300,\"currency\":\"EUR\"}");
        product("StockAdded", DESK, "\"units\":3", 8, 0);
        product("StockRemoved", DESK, "\"units\":1", 7, 0);
    }

    private void keyedRequest() {
        request("RequestExecuted", "\"operation\":\"Act\",\"fingerprint\":\"f\",\"subject\":\"\",\"result\":\"\"");
        request("RequestAnswered", "\"status\":201,\"content\":\"sealed\",\"sealedFor\":[\"%s\"]".formatted(ANNA));
    }

    private void request(String type, String fields) {
        story.tell(
                "KeyedRequest",
                "request-" + REQUEST,
                "request." + type,
                "{\"requestId\":\"%s\",%s}".formatted(REQUEST, fields));
    }

    private void firstOrder() {
        cart("CartItemPut", "\"productId\":\"%s\",\"quantity\":3".formatted(LAMP));
        cart("CartItemPut", "\"productId\":\"%s\",\"quantity\":1".formatted(DESK));
        cart("CartItemRemoved", "\"productId\":\"%s\"".formatted(DESK));
        cart("CartCheckedOut", "\"orderId\":\"%s\",\"lines\":[%s]".formatted(FIRST, item(LAMP, 3)));
        place(FIRST, "CART", line(LAMP, 3));
        cart("CartItemPut", "\"productId\":\"%s\",\"quantity\":2".formatted(DESK));
        reserve(FIRST, LAMP, 3, 7, 3);
        confirm(FIRST, "CART", 300, line(LAMP, 3), at(LAMP, 1));
        cart("CheckoutCompleted", "\"orderId\":\"%s\",\"remaining\":[%s]".formatted(FIRST, item(DESK, 2)));
    }

    private void secondOrder() {
        place(SECOND, "DIRECT", line(LAMP, 1) + "," + line(DESK, 9));
        reserve(SECOND, LAMP, 1, 6, 4);
        moved("StockReservationRefused", SECOND, DESK, "\"quantity\":9,\"code\":\"insufficient-stock\"", 7, 0);
        reject(
                SECOND,
                "DIRECT",
                "{\"code\":\"insufficient-stock\",\"lines\":[{\"productId\":\"%s\",\"code\":\"insufficient-stock\",\"available\":7}]}"
                        .formatted(DESK),
                LAMP + "\",\"" + DESK);
        moved("StockReleased", SECOND, LAMP, "\"units\":1", 7, 3);
        returned(SECOND, at(LAMP, 3) + "," + at(DESK, 5));
    }

    private void thirdOrder() {
        place(THIRD, "DIRECT", line(LAMP, 2));
        reserve(THIRD, LAMP, 2, 5, 5);
        confirm(THIRD, "DIRECT", 200, line(LAMP, 2), at(LAMP, 4));
        order(
                "OrderCancelled",
                THIRD,
                "\"customerId\":\"%s\",\"origin\":\"DIRECT\",\"before\":\"CONFIRMED\",\"productIds\":[\"%s\"],\"deadline\":\"%s\""
                        .formatted(ANNA, LAMP, DEADLINE));
        moved("StockReleased", THIRD, LAMP, "\"units\":2", 7, 3);
        returned(THIRD, at(LAMP, 5));
    }

    private void fourthOrder() {
        place(FOURTH, "DIRECT", line(DESK, 2));
        reserve(FOURTH, DESK, 2, 5, 2);
        confirm(FOURTH, "DIRECT", 600, line(DESK, 2), at(DESK, 6));
        order("OrderShipped", FOURTH, "\"customerId\":\"%s\",\"productIds\":[\"%s\"]".formatted(ANNA, DESK));
        order("OrderDelivered", FOURTH, "\"customerId\":\"%s\"".formatted(ANNA));
        moved("StockCommitted", FOURTH, DESK, "\"units\":2", 5, 0);
    }

    private void fifthOrder() {
        cart("CartCheckedOut", "\"orderId\":\"%s\",\"lines\":[%s]".formatted(FIFTH, item(DESK, 2)));
        product("ProductDelisted", DESK, "\"x\":1");
        place(FIFTH, "CART", line(DESK, 2));
        moved("StockReservationRefused", FIFTH, DESK, "\"quantity\":2,\"code\":\"product-delisted\"", 5, 0);
        reject(FIFTH, "CART", "{\"code\":\"order-expired\",\"lines\":[]}", DESK);
        returned(FIFTH, at(DESK, 9));
        cart("CartReopened", "\"orderId\":\"%s\"".formatted(FIFTH));
        cart(
                "CartMerged",
                "\"mergeId\":\"m\",\"fingerprint\":\"f\",\"lines\":[%s],\"leftOut\":[]".formatted(item(LAMP, 4)));
        cart("CartCleared", "\"x\":1");
    }

    /** Long enough for everything to be due. */
    private void aftermath() {
        for (int i = 0; i < 9; i++) {
            story.pause(Duration.ofSeconds(30));
            product("StockAdded", LAMP, "\"units\":1", 8 + i, 3);
        }
        new ShopAccounts(story).go();
    }

    private void product(String type, String product, String fields) {
        story.tell("Product", product, "catalog." + type, of("productId", product, fields));
    }

    private void product(String type, String product, String fields, long available, long reserved) {
        product(
                type,
                product,
                "%s,\"stock\":{\"available\":%d,\"reserved\":%d}".formatted(fields, available, reserved));
    }

    private void cart(String type, String fields) {
        story.tell("Cart", "cart-" + ANNA, "cart." + type, of("customerId", ANNA, fields));
    }

    private void order(String type, String order, String fields) {
        story.tell("Order", order, "order." + type, of("orderId", order, fields));
    }

    private void place(String order, String origin, String lines) {
        order(
                "OrderPlaced",
                order,
                "\"customerId\":\"%s\",\"lines\":[%s],\"expectedTotal\":null,\"origin\":\"%s\",\"deadline\":\"%s\",\"fingerprint\":\"print\""
                        .formatted(ANNA, lines, origin, DEADLINE));
    }

    private void confirm(String order, String origin, long total, String line, String reservation) {
        order(
                "OrderConfirmed",
                order,
                "\"customerId\":\"%s\",\"origin\":\"%s\",\"lines\":[%s],\"total\":{\"amount\":%d,\"currency\":\"EUR\"},\"reservations\":[%s]"
                        .formatted(ANNA, origin, line, total, reservation));
    }

    private void reject(String order, String origin, String rejection, String products) {
        order(
                "OrderRejected",
                order,
                "\"customerId\":\"%s\",\"origin\":\"%s\",\"rejection\":%s,\"productIds\":[\"%s\"],\"deadline\":\"%s\""
                        .formatted(ANNA, origin, rejection, products, DEADLINE));
    }

    private void returned(String order, String movements) {
        order("OrderStockReturned", order, "\"returns\":[%s]".formatted(movements));
    }

    private void reserve(String order, String product, long quantity, long available, long reserved) {
        moved(
                "StockReserved",
                order,
                product,
                "\"quantity\":%d,\"sellerId\":\"%s\",\"title\":\"%s\",\"unitPrice\":%s"
                        .formatted(quantity, BERT, title(product), price(product)),
                available,
                reserved);
    }

    private void moved(String type, String order, String product, String fields, long available, long reserved) {
        product(
                type,
                product,
                "\"orderId\":\"%s\",%s,\"deadline\":\"%s\"".formatted(order, fields, DEADLINE),
                available,
                reserved);
    }

    private static String of(String name, String id, String fields) {
        return "{\"%s\":\"%s\",%s}".formatted(name, id, fields);
    }

    private static String item(String product, long quantity) {
        return "{\"productId\":\"%s\",\"quantity\":%d}".formatted(product, quantity);
    }

    private static String at(String product, long version) {
        return "{\"productId\":\"%s\",\"productVersion\":%d}".formatted(product, version);
    }

    private static String line(String product, long quantity) {
        return "{\"productId\":\"%s\",\"quantity\":%d,\"sellerId\":\"%s\",\"title\":\"%s\",\"unitPrice\":%s}"
                .formatted(product, quantity, BERT, title(product), price(product));
    }

    private static String title(String product) {
        return product.equals(LAMP) ? "Läßt Lamp" : "Desk";
    }

    private static String price(String product) {
        return "{\"amount\":%d,\"currency\":\"EUR\"}".formatted(product.equals(LAMP) ? 100 : 300);
    }
}
