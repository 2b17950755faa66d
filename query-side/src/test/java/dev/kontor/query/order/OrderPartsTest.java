package dev.kontor.query.order;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.regex;
import static dev.kontor.query.Given.line;
import static dev.kontor.query.Given.placed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.catalog.ProductId;
import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.operations.PageAfter;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderId;
import dev.kontor.query.TestSide;
import dev.kontor.query.View;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hands events to the projection itself, because it takes thousands in the log to begin a part. */
class OrderPartsTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private final TestSide side = TestSide.get();
    private final OrderLists lists = side.bean(OrderLists.class);
    private final CustomerId customer = CustomerId.mint();
    private final CustomerId seller = CustomerId.mint();

    @Test
    void aDayOfManyOrdersHasSeveralPartsAndIsListedAcrossThem() {
        OrderId first = place(4_094, NOON);
        OrderId second = place(4_095, NOON.plusMillis(5));
        // Stamped before the second, as happens where two are placed at once.
        OrderId third = place(4_096, NOON.plusMillis(4));
        OrderId fourth = place(4_097, NOON.plusMillis(6));

        assertThat(side.document(View.ORDERS, first.value())).isNotNull();
        assertThat(side.store()
                        .find(View.ORDER_LISTS, "seller/" + seller + "/2026-05-01")
                        .orElseThrow()
                        .getList("parts", String.class))
                .containsExactly("0", "1");
        List<OrderLists.Entry> newestFirst =
                lists.newestFirst("seller/" + seller, null).toList();
        assertThat(newestFirst)
                .extracting(OrderLists.Entry::orderId)
                .containsExactly(fourth.value(), third.value(), second.value(), first.value());
        for (int end = 0; end < 4; end++) {
            PageAfter after = newestFirst.get(end).end();
            assertThat(lists.newestFirst("seller/" + seller, after))
                    .containsExactlyElementsOf(newestFirst.subList(end + 1, 4));
        }
    }

    @AfterEach
    void forgetWhatIsNotInTheLog() {
        side.store().collection(View.ORDER_LISTS).deleteMany(regex("_id", customer + "|" + seller));
        side.store().collection(View.ORDERS).deleteMany(eq("customerId", customer.value()));
    }

    private OrderId place(long position, Instant at) {
        OrderPlaced placed = placed(OrderId.mint(), customer, line(ProductId.mint(), seller, 1, 100));
        BatchingUnitOfWork<?> batch = new BatchingUnitOfWork<>(new GenericEventMessage<>(placed));
        batch.start();
        side.bean(OrderProjection.class).on(placed, 0, at, new GlobalSequenceTrackingToken(position));
        batch.commit();
        return placed.orderId();
    }
}
