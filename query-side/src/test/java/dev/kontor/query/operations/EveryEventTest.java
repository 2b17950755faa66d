package dev.kontor.query.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.kontor.api.cart.CartEvent;
import dev.kontor.api.catalog.ProductEvent;
import dev.kontor.api.customer.CustomerEvent;
import dev.kontor.api.identity.SessionEvent;
import dev.kontor.api.order.OrderEvent;
import dev.kontor.api.platform.EveryEvent;
import dev.kontor.api.platform.EveryEvent.History;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.GetCartRequest;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.GetProductRequest;
import dev.kontor.proto.order.GetOrderRequest;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.query.TestQuerySide;
import dev.kontor.side.platform.DeadLetters;
import io.grpc.Channel;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Real projections over a real store handle every event, at the bounds of every value in it, and their documents can be
 * read. An event that a view cannot handle would be a dead letter.
 */
class EveryEventTest {

    private final TestQuerySide side = TestQuerySide.apart("every-event");
    private final Channel admin = side.asAdmin();

    @Test
    void no_view_stops_at_any_event_and_every_document_can_be_read() {
        Map<String, List<History>> all = EveryEvent.histories();

        all.forEach((name, histories) -> {
            histories.forEach(history -> side.write(history.events().toArray()));
            try {
                side.settle();
            } catch (ConditionTimeoutException e) {
                throw new AssertionError("A view stands still at one of these: " + histories, e);
            }
            histories.forEach(this::read);
        });

        assertThat(side.bean(DeadLetters.class).fills().values())
                .as("dead letters")
                .hasSize(6)
                .allMatch(fill -> fill.letters() == 0);
        assertThat(side.collection("orders").countDocuments())
                .isGreaterThanOrEqualTo(all.get("order.OrderPlaced").size());
    }

    private void read(History history) {
        assertThatCode(() -> readDocumentOf(history.events().getLast()))
                .as("reading after " + history)
                .doesNotThrowAnyException();
    }

    private void readDocumentOf(Object event) {
        switch (event) {
            case OrderEvent order ->
                OrderQueriesGrpc.newBlockingStub(admin)
                        .getOrder(GetOrderRequest.newBuilder()
                                .setOrderId(order.orderId().value())
                                .build());
            case ProductEvent product ->
                CatalogQueriesGrpc.newBlockingStub(admin)
                        .getProduct(GetProductRequest.newBuilder()
                                .setProductId(product.productId().value())
                                .build());
            case CartEvent cart ->
                CartQueriesGrpc.newBlockingStub(admin)
                        .getCart(GetCartRequest.newBuilder()
                                .setCustomerId(cart.customerId().value())
                                .build());
            case CustomerEvent customer ->
                assertThat(side.document("customers", customer.customerId().value()))
                        .isNotNull();
            case SessionEvent session ->
                assertThat(side.document("sessions", session.sessionId().value()))
                        .isNotNull();
            default -> {}
        }
    }
}
