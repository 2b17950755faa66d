package dev.kontor.standalone.order;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A confirmed order is cancelled, or shipped and delivered; its stock is released or committed once, and shows it at
 * once.
 */
@OnSharedKontor
class AfterwardsIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Shop shop;
    private final Customer buyer;
    private final Product thing;

    AfterwardsIT(Shop shop) {
        this.shop = shop;
        this.buyer = shop.signedInCustomer();
        this.thing = shop.listedProduct(10);
    }

    @Test
    void a_cancelled_order_gives_back_once() {
        String order = buyer.orders(thing.times(3)).hasStatus(201).at("/id");
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(7, 3));

        assertThat(buyer.cancels(order).hasStatus(200).at("/status")).isEqualTo("CANCELLED");
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(10, 0));
        assertThat(buyer.statusOf(order)).isEqualTo("CANCELLED");

        assertThat(buyer.cancels(order).hasStatus(200).at("/status")).isEqualTo("CANCELLED");
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(10, 0));
    }

    @Test
    void other_ids_are_not_found_as_orders() {
        buyer.cancels(thing.id()).isProblem(404, "order-not-found");
        shop.admin().ships(thing.id()).isProblem(404, "order-not-found");
    }

    @Test
    void a_shipped_order_removes_its_stock() {
        String order = buyer.orders(thing.times(3)).hasStatus(201).at("/id");

        assertThat(shop.admin().ships(order).hasStatus(200).at("/status")).isEqualTo("SHIPPED");
        assertThat(buyer.statusOf(order)).isEqualTo("SHIPPED");
        eventually(SOON, "the stock is committed", () -> shop.stockOf(thing).equals(new Stock(7, 0)));

        assertThat(shop.admin().delivers(order).hasStatus(200).at("/status")).isEqualTo("DELIVERED");
        assertThat(buyer.statusOf(order)).isEqualTo("DELIVERED");
    }

    @Test
    void a_status_moves_only_forward() {
        String order = buyer.orders(thing.times(1)).hasStatus(201).at("/id");

        shop.admin().delivers(order).isProblem(409, "order-status");
        shop.admin().ships(order).hasStatus(200);
        buyer.cancels(order).isProblem(409, "order-status");
        shop.admin().delivers(order).hasStatus(200);
        buyer.cancels(order).isProblem(409, "order-status");
        shop.admin().ships(order).isProblem(409, "order-status");
        assertThat(buyer.statusOf(order)).isEqualTo("DELIVERED");

        String cancelled = buyer.orders(thing.times(1)).hasStatus(201).at("/id");
        buyer.cancels(cancelled).hasStatus(200);
        shop.admin().ships(cancelled).isProblem(409, "order-status");
        assertThat(buyer.statusOf(cancelled)).isEqualTo("CANCELLED");
    }

    @Test
    void a_rejected_order_can_be_neither_cancelled_nor_shipped() {
        String order = buyer.orders(thing.times(11))
                .isProblem(409, "insufficient-stock")
                .at("/orderId");

        buyer.cancels(order).isProblem(409, "order-status");
        shop.admin().ships(order).isProblem(409, "order-status");

        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(10, 0));
    }

    @Test
    void repricing_does_not_touch_an_order() {
        Answer order = buyer.orders(thing.times(2)).hasStatus(201);

        shop.reprice(thing, 9_999);

        assertThat(buyer.order(order.at("/id")).number("/total/amount")).isEqualTo(2_000);
    }

    /** The checkout is cancelled before or after its end; the stock adds up either way. */
    @Test
    void a_checkout_can_be_cancelled_at_any_moment() {
        for (int round = 0; round < 5; round++) {
            buyer.puts(4, thing).hasStatus(200);
            String order = buyer.checksOutWithoutWaiting().hasStatus(202).at("/id");
            eventually(SOON, "the order is there and cancelled", () -> buyer.cancels(order), cancelled -> {
                assertThat(cancelled.status()).as(cancelled.body()).isIn(200, 202, 409);
                if (cancelled.status() == 409) {
                    // The order is being placed.
                    cancelled.isProblem(409, "conflict");
                }
                return cancelled.status() == 200;
            });

            assertThat(buyer.statusOf(order)).isEqualTo("CANCELLED");
            assertThat(shop.stockOf(thing)).isEqualTo(new Stock(10, 0));
        }
        buyer.puts(1, thing).hasStatus(200);
        eventually(SOON, "the cart can be checked out", () -> buyer.checksOut().status() == 201);
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(9, 1));
        assertThat(buyer.cart()).isEmpty();
    }
}
