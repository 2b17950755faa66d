package dev.kontor.bench.http;

import dev.kontor.bench.http.ShopClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hc.core5.http.Method;

/** A customer with a connection, who makes one call after the other. For one thread. */
final class Shopper implements Caller {

    private static final String ORDER = "{\"lines\":[{\"productId\":\"%s\",\"quantity\":1}]}";
    private static final int MOST_IN_CART = 100;

    private final ShopClient http;
    private final Customer customer;
    private final Stock stock;
    private final OrderTimes times;
    private int quantity;

    /** @param times takes the times of each order */
    Shopper(URI address, Customer customer, Stock stock, OrderTimes times) {
        this.http = new ShopClient(address);
        this.customer = customer;
        this.stock = stock;
        this.times = times;
    }

    @Override
    public String call(Operation operation) throws IOException {
        long sent = OrderTimes.now();
        Answer answer = switch (operation) {
            case ORDER -> order(stock.anyProduct());
            case HOT_ORDER -> order(stock.products().getFirst());
            case CART -> putIntoCart();
            case ITEM -> get("/api/v1/catalog/products/" + stock.anyProduct());
            case LIST -> get("/api/v1/catalog/products?pageSize=20");
            case SEARCH -> get("/api/v1/catalog/products?pageSize=20&search=" + stock.anyWord());
        };
        if (answer.status() != operation.expected()) {
            boolean isRefused = answer.status() == 503 && answer.retriable();
            return isRefused ? Load.REFUSED : "status " + answer.status();
        }
        if (operation.isOrder()) {
            times.add(sent, OrderTimes.now(), answer.body());
        }
        return null;
    }

    private Answer order(String product) throws IOException {
        return http.send(Method.POST, "/api/v1/orders", customer.authorization(), ORDER.formatted(product));
    }

    /** A new quantity each time: the same one again changes nothing. */
    private Answer putIntoCart() throws IOException {
        quantity = quantity % MOST_IN_CART + 1;
        String product = stock.products().get(ThreadLocalRandom.current().nextInt(10));
        return http.send(
                Method.PUT,
                "/api/v1/cart/items/" + product,
                customer.authorization(),
                "{\"quantity\":" + quantity + "}");
    }

    private Answer get(String path) throws IOException {
        return http.send(Method.GET, path, null, null);
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
