package dev.kontor.standalone.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.EventReader;
import dev.kontor.standalone.EventReader.Event;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Orders and carts by server-sent events. */
@OnSharedKontor
class LiveOrderIT {

    private final Shop shop;
    private final Product pen;
    private final Customer buyer;

    LiveOrderIT(Shop shop) {
        this.shop = shop;
        this.pen = shop.listedProduct(1_000, 250);
        this.buyer = shop.signedInCustomer();
    }

    private static String events(String orderId) {
        return "/api/v1/orders/" + orderId + "/events";
    }

    /** A stream that is slower than the decision shows its result alone, so one of several has to show both. */
    @Test
    void an_order_is_watched_from_its_placement_to_its_confirmation() {
        List<String> first = new ArrayList<>();
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50 && !first.contains("PLACED"); i++) {
                String key = UUID.randomUUID().toString();
                String id = OrderId.ofKey(new CustomerId(buyer.id()), key).value();
                CompletableFuture<EventReader> watching =
                        CompletableFuture.supplyAsync(() -> buyer.client().watch(events(id)), others);
                buyer.ordersWithKey(key, pen.times(1)).hasStatus(201);

                try (EventReader stream = watching.join()) {
                    Event event = stream.next();
                    first.add(event.data().at("/status").asString());
                    while (event.data().at("/status").asString().equals("PLACED")) {
                        long before = Long.parseLong(event.id());
                        event = stream.next();
                        assertThat(Long.parseLong(event.id())).isGreaterThan(before);
                    }
                    assertThat(event.name()).isEqualTo("order");
                    assertThat(event.data()).isEqualTo(buyer.order(id).json());
                    assertThat(event.data().at("/status").asString()).isEqualTo("CONFIRMED");
                    assertThat(event.id()).isEqualTo(event.data().at("/version").asString());
                }
            }
        }
        assertThat(first).contains("PLACED");
    }

    @Test
    void a_client_that_comes_back_misses_nothing_and_gets_nothing_twice() {
        String id = buyer.orders(pen.times(1)).hasStatus(201).at("/id");
        String seen;
        try (EventReader stream = buyer.client().watch(events(id))) {
            seen = stream.next().id();
        }
        try (EventReader again = buyer.client().watch(events(id), "Last-Event-ID", seen)) {
            buyer.cancels(id).hasStatus(200);
            Event cancelled = again.next();
            assertThat(Long.parseLong(cancelled.id())).isGreaterThan(Long.parseLong(seen));
            assertThat(cancelled.data().at("/status").asString()).isEqualTo("CANCELLED");
            again.awaitEnd();
        }

        String last = buyer.order(id).at("/version");
        try (EventReader after = buyer.client().watch(events(id), "Last-Event-ID", last)) {
            assertThat(after.status()).as("the order has ended").isEqualTo(204);
        }
    }

    @Test
    void a_sign_out_ends_the_streams_of_the_session_and_no_others() {
        String id = buyer.orders(pen.times(1)).hasStatus(201).at("/id");
        Client elsewhere = shop.signedIn(buyer.email(), Shop.PASSWORD).client();
        try (EventReader stays = buyer.client().watch(events(id));
                EventReader ends = elsewhere.watch(events(id));
                EventReader cart = elsewhere.watch("/api/v1/cart/events")) {
            stays.next();
            ends.next();
            cart.next();

            elsewhere.post("/api/v1/auth/signout").hasStatus(204);

            ends.awaitEnd();
            cart.awaitEnd();
            assertThat(elsewhere.watch(events(id)).status()).isEqualTo(401);
            buyer.cancels(id).hasStatus(200);
            assertThat(stays.next().data().at("/status").asString()).isEqualTo("CANCELLED");
        }
    }

    @Test
    void a_cart_is_watched_by_its_owner_and_by_admins() {
        try (EventReader own = buyer.client().watch("/api/v1/cart/events");
                EventReader admins = shop.admin().client().watch("/api/v1/customers/" + buyer.id() + "/cart/events")) {
            assertThat(own.next().id()).isEqualTo("-1");
            admins.next();

            buyer.puts(2, pen).hasStatus(200);

            Event changed = own.next();
            assertThat(changed.name()).isEqualTo("cart");
            assertThat(changed.data())
                    .isEqualTo(buyer.client().get("/api/v1/cart").json());
            assertThat(admins.next().data()).isEqualTo(changed.data());
        }
    }
}
