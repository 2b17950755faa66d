package dev.kontor.command.order;

import static dev.kontor.command.order.Orders.ANNA;
import static dev.kontor.command.order.Orders.BUYER;
import static dev.kontor.command.order.Orders.ORDER;
import static dev.kontor.command.order.Orders.confirmed;
import static dev.kontor.command.order.Orders.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.order.CancelledBy;
import dev.kontor.api.order.OrderCommand.CancelOrder;
import dev.kontor.api.order.OrderCommand.RecordStockReturn;
import dev.kontor.api.order.OrderCommand.ShipOrder;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import dev.kontor.command.platform.LoggedAggregates;
import dev.kontor.command.platform.StoredBefore;
import dev.kontor.store.EmbeddedTokenStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log written by an older or a newer version. */
@Timeout(60)
class OtherVersionsTest {

    private static final String CANCELLED_BEFORE_IT_SAID_BY_WHOM = """
            {"orderId":"0197a3c2-0000-8000-8000-0000000000f1","customerId":"0197a3c2-0000-7000-8000-000000000001",\
            "origin":"DIRECT","before":"CONFIRMED","productIds":["0197a3c2-0000-7000-8000-0000000000a1"],\
            "deadline":"2026-03-01T12:01:00.123456Z"}""";

    @TempDir
    Path folder;

    private LoggedAggregates aggregates;

    @BeforeEach
    void open() {
        aggregates = new LoggedAggregates(folder, Order.class);
        aggregates.append("Order", ORDER, 0, List.of(placed(), confirmed()));
    }

    @AfterEach
    void close() {
        aggregates.close();
    }

    private void storedBy(String name, String revision, String json, MetaData metaData) {
        LoggedAggregates.engine(aggregates.store(), new StoredBefore(name, revision))
                .appendEvents(new GenericDomainEventMessage<>(
                        "Order", ORDER.value(), 2, new StoredBefore.Json(json), metaData));
    }

    private void anOldCancellation() {
        storedBy("order.OrderCancelled", "1", CANCELLED_BEFORE_IT_SAID_BY_WHOM, MetaData.with("actor", ANNA.value()));
        restart();
    }

    /** Otherwise the aggregate would come from the cache, and not from the stored event. */
    private void restart() {
        aggregates.close();
        aggregates = new LoggedAggregates(folder, Order.class);
    }

    /** An event of a future version, in which customers praise their orders. */
    private void aPraise() {
        storedBy("order.OrderPraised", "1", "{\"orderId\":\"" + ORDER + "\",\"stars\":5}", MetaData.emptyInstance());
        aggregates.append("Order", ORDER, 3, List.of(Orders.shipped()));
        restart();
    }

    @Test
    void an_aggregate_reads_an_old_event_as_todays() {
        anOldCancellation();

        assertThat(aggregates.engine().readEvents(ORDER.value(), 2).next().getPayload())
                .isInstanceOfSatisfying(
                        OrderCancelled.class,
                        event -> assertThat(event.cancelledBy()).isEqualTo(CancelledBy.CUSTOMER));
        assertThat(aggregates.<Long>send(new CancelOrder(ORDER, BUYER))).isEqualTo(2);
        assertThat(aggregates.<Long>send(new RecordStockReturn(ORDER, List.of())))
                .isEqualTo(3);
    }

    @Test
    void a_stream_reads_an_old_event_as_todays() throws InterruptedException {
        anOldCancellation();

        try (BlockingStream<TrackedEventMessage<?>> events =
                aggregates.eventStore().openStream(null)) {
            assertThat(events.nextAvailable().getPayload()).isEqualTo(placed());
            assertThat(events.nextAvailable().getPayload()).isEqualTo(confirmed());
            assertThat(events.nextAvailable().getPayload())
                    .isInstanceOfSatisfying(
                            OrderCancelled.class,
                            event -> assertThat(event.cancelledBy()).isEqualTo(CancelledBy.CUSTOMER));
        }
    }

    @Test
    void an_aggregate_decides_nothing_on_a_history_it_knows_only_in_part() {
        aPraise();

        assertThatThrownBy(() -> aggregates.send(new ShipOrder(ORDER)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("order.OrderPraised");
        assertThat(aggregates.store().head()).isEqualTo(3);
    }

    @Test
    void a_processor_stops_at_an_unknown_event() throws InterruptedException {
        aPraise();
        BlockingQueue<Object> handled = new LinkedBlockingQueue<>();
        EmbeddedTokenStore tokens = new EmbeddedTokenStore(aggregates.store(), LoggedAggregates.todaysJson());
        try (ScheduledExecutorService threads = Executors.newScheduledThreadPool(2)) {
            PooledStreamingEventProcessor processor = processor(handled, tokens, threads);
            processor.start();
            long patience = System.nanoTime() + Duration.ofSeconds(40).toNanos();
            while (!processor.isError() && System.nanoTime() < patience) {
                Thread.onSpinWait();
            }
            assertThat(processor.isError()).isTrue();
            processor.shutDown();
            threads.shutdownNow();
        }

        assertThat(handled).allMatch(List.of(placed(), confirmed())::contains);
        assertThat(tokens.fetchToken("view", 0).position().orElseThrow()).isLessThan(2);
    }

    private PooledStreamingEventProcessor processor(
            BlockingQueue<Object> handled, EmbeddedTokenStore tokens, ScheduledExecutorService threads) {
        EventMessageHandler handler = event -> handled.add(event.getPayload());
        return PooledStreamingEventProcessor.builder()
                .name("view")
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers(handler)
                        .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                        .build())
                .errorHandler(PropagatingErrorHandler.instance())
                .messageSource(aggregates.eventStore())
                .tokenStore(tokens)
                .transactionManager(NoTransactionManager.instance())
                .coordinatorExecutor(threads)
                .workerExecutor(threads)
                .initialSegmentCount(1)
                .initialToken(StreamableMessageSource::createTailToken)
                .tokenClaimInterval(TimeUnit.SECONDS.toMillis(1))
                .build();
    }
}
