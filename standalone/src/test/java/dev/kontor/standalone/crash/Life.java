package dev.kontor.standalone.crash;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import java.util.Map;
import java.util.UUID;

/** Executes the steps of an order's life, one at a time, and notes the results. */
final class Life {

    private static final long UNITS = 100_000;

    private final Shop shop;
    private final Ledger ledger;
    private final Customer buyer;
    private final Product thing;
    private final Product soldOut;

    Life(Shop shop, Ledger ledger) {
        this.shop = shop;
        this.ledger = ledger;
        this.buyer = ledger.buyers().getFirst();
        this.thing = listed(UNITS);
        this.soldOut = listed(0);
    }

    /** Prepares the step; the result executes it. */
    Runnable ready(Step step) {
        return switch (step) {
            case SIGN_UP -> this::signUp;
            case LIST_PRODUCT -> () -> listed(UNITS);
            case ORDER_CONFIRMED -> this::placed;
            case ORDER_REJECTED ->
                () -> ledger.note(buyer.orders(thing.times(2), soldOut.times(1)).isProblem(409, "insufficient-stock"));
            case CHECKOUT ->
                () -> {
                    buyer.puts(3, thing).hasStatus(200);
                    ledger.note(buyer.checksOut().hasStatus(201));
                };
            case CANCEL -> {
                String order = placed();
                yield () -> {
                    ledger.asked(order, "CANCELLED");
                    ledger.note(order, "CANCELLED", buyer.cancels(order));
                };
            }
            case ERASE -> {
                Customer leaving = shop.signedInCustomer();
                Ledger.Erasure erasure = new Ledger.Erasure(leaving.id(), leaving.email(), listedBy(leaving));
                yield () -> {
                    ledger.asked(erasure);
                    leaving.client().delete("/api/v1/customers/me").hasStatus(204);
                    ledger.acknowledged(erasure);
                };
            }
            case SHIP -> {
                String order = placed();
                yield () -> {
                    ledger.asked(order, "SHIPPED");
                    ledger.note(order, "SHIPPED", ledger.admin().ships(order));
                };
            }
        };
    }

    private String placed() {
        return ledger.note(buyer.orders(thing.times(2)).hasStatus(201));
    }

    private void signUp() {
        String email = "new-" + UUID.randomUUID() + "@example.com";
        shop.signUp(email).hasStatus(201);
        ledger.signedUp(email);
    }

    private static String listedBy(Customer seller) {
        Map<String, Object> product = Map.of(
                "title",
                "A last thing",
                "category",
                "Tests",
                "price",
                Map.of("amount", 100, "currency", "EUR"),
                "stock",
                1);
        return seller.client()
                .sendJson("POST", "/api/v1/catalog/products", product)
                .hasStatus(201)
                .at("/id");
    }

    private Product listed(long units) {
        return ledger.listed(shop.listedProduct(units), units);
    }
}
