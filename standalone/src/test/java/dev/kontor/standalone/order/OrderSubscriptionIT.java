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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Orders by a subscription of GraphQL over server-sent events. */
@OnSharedKontor
class OrderSubscriptionIT {

    private static final String WATCH = "subscription($id: ID!) { order(id: $id) { id status version"
            + " customer { name } lines { quantity product { available } } } }";

    /** Of one customer. */
    private static final int MOST_STREAMS = 50;

    private final Shop shop;
    private final Product pen;
    private final Customer buyer;

    OrderSubscriptionIT(Shop shop) {
        this.shop = shop;
        this.pen = shop.listedProduct(1_000, 250);
        this.buyer = shop.signedInCustomer();
    }

    private static EventReader subscribe(Client client, String orderId) {
        return client.subscribe(WATCH, Map.of("id", orderId));
    }

    private static JsonNode order(Event event) {
        assertThat(event.name()).isEqualTo("next");
        assertThat(event.data().has("errors")).as(event.data().toString()).isFalse();
        return event.data().at("/data/order");
    }

    private static void awaitComplete(EventReader stream) {
        Event end = stream.next();
        assertThat(end.name()).isEqualTo("complete");
        assertThat(end.data().isMissingNode()).isTrue();
        stream.awaitEnd();
    }

    /** A stream that is slower than the decision shows its result alone, so one of several has to show both. */
    @Test
    void an_order_is_watched_from_its_placement_to_its_confirmation() {
        String place = "mutation($id: ID!, $key: String) { placeOrder(input: {lines: [{productId: $id, quantity: 1}],"
                + " idempotencyKey: $key}) { order { id status } } }";
        List<String> first = new ArrayList<>();
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50 && !first.contains("PLACED"); i++) {
                String key = UUID.randomUUID().toString();
                String id = OrderId.ofKey(new CustomerId(buyer.id()), key).value();
                CompletableFuture<EventReader> watching =
                        CompletableFuture.supplyAsync(() -> subscribe(buyer.client(), id), others);
                buyer.client()
                        .sendJson(
                                "POST",
                                "/graphql",
                                Map.of("query", place, "variables", Map.of("id", pen.id(), "key", key)))
                        .hasStatus(200);

                try (EventReader stream = watching.join()) {
                    JsonNode shown = order(stream.next());
                    first.add(shown.at("/status").asString());
                    while (shown.at("/status").asString().equals("PLACED")) {
                        long before = shown.at("/version").asLong();
                        shown = order(stream.next());
                        assertThat(shown.at("/version").asLong()).isGreaterThan(before);
                    }
                    assertThat(shown.at("/id").asString()).isEqualTo(id);
                    assertThat(shown.at("/status").asString()).isEqualTo("CONFIRMED");
                    assertThat(shown.at("/customer/name").isMissingNode()).isFalse();
                    assertThat(shown.at("/lines/0/product/available").asLong()).isPositive();
                }
            }
        }
        assertThat(first).contains("PLACED");
    }

    @Test
    void a_new_subscription_begins_with_the_present_state_and_each_ends_with_the_order() {
        String id = buyer.orders(pen.times(1)).hasStatus(201).at("/id");
        try (EventReader stream = subscribe(buyer.client(), id)) {
            assertThat(order(stream.next()).at("/status").asString()).isEqualTo("CONFIRMED");
        }
        try (EventReader again = subscribe(buyer.client(), id)) {
            JsonNode seen = order(again.next());
            assertThat(seen.at("/status").asString()).isEqualTo("CONFIRMED");
            buyer.cancels(id).hasStatus(200);
            JsonNode cancelled = order(again.next());
            assertThat(cancelled.at("/status").asString()).isEqualTo("CANCELLED");
            awaitComplete(again);
        }

        try (EventReader after = subscribe(buyer.client(), id)) {
            assertThat(order(after.next()).at("/status").asString()).isEqualTo("CANCELLED");
            awaitComplete(after);
        }
    }

    @Test
    void a_sign_out_ends_the_subscriptions_of_the_session_without_completing_them() {
        String id = buyer.orders(pen.times(1)).hasStatus(201).at("/id");
        Client elsewhere = shop.signedIn(buyer.email(), Shop.PASSWORD).client();
        try (EventReader stays = subscribe(buyer.client(), id);
                EventReader ends = subscribe(elsewhere, id)) {
            stays.next();
            ends.next();

            elsewhere.post("/api/v1/auth/signout").hasStatus(204);

            ends.awaitEnd();
            buyer.cancels(id).hasStatus(200);
            assertThat(order(stays.next()).at("/status").asString()).isEqualTo("CANCELLED");
        }
    }

    @Test
    void the_order_of_another_customer_is_refused_as_over_rest() {
        String id = buyer.orders(pen.times(1)).hasStatus(201).at("/id");
        Customer other = shop.signedInCustomer();
        String problem = other.client()
                .get("/api/v1/orders/" + id + "/events", "Accept", "text/event-stream")
                .hasStatus(404)
                .at("/type");

        try (EventReader refused = subscribe(other.client(), id)) {
            Event event = refused.next();
            assertThat(event.data().at("/errors/0/extensions/code").asString()).isEqualTo(problem);
            awaitComplete(refused);
        }
    }

    @Test
    void the_streams_of_a_customer_have_one_bound_over_both() {
        String id = buyer.orders(pen.times(1)).hasStatus(201).at("/id");
        String events = "/api/v1/orders/" + id + "/events";
        List<EventReader> open = new ArrayList<>();
        try {
            for (int i = 0; i < MOST_STREAMS; i += 2) {
                open.add(buyer.client().watch(events));
                open.add(subscribe(buyer.client(), id));
            }
            for (EventReader stream : open) {
                assertThat(stream.status()).isEqualTo(200);
                stream.next();
            }

            try (EventReader overRest = buyer.client().watch(events);
                    EventReader inGraphQl = subscribe(buyer.client(), id)) {
                assertThat(overRest.status()).isEqualTo(429);
                assertThat(inGraphQl.status()).isEqualTo(429);
            }
        } finally {
            open.forEach(EventReader::close);
        }
    }
}
