package dev.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.modelling.saga.AssociationValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(40)
class ProcessorTest extends WithStore {

    record Journey(String stage) {}

    private static final AssociationValue ASSOCIATION = new AssociationValue("order", "7");

    private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    private ScheduledExecutorService coordinator;
    private ScheduledExecutorService worker;
    private PooledStreamingEventProcessor processor;

    private void start(Consumer<EventMessage<?>> handler) {
        start(5_000, handler);
    }

    /** @param claimIntervalMillis how soon it claims a failed segment again; it also looks for events then */
    private void start(long claimIntervalMillis, Consumer<EventMessage<?>> handler) {
        coordinator = Executors.newScheduledThreadPool(1);
        worker = Executors.newScheduledThreadPool(1);
        EventMessageHandler messageHandler = event -> {
            handler.accept(event);
            return null;
        };
        processor = PooledStreamingEventProcessor.builder()
                .name("processor")
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers(messageHandler)
                        .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                        .build())
                .errorHandler(PropagatingErrorHandler.instance())
                .messageSource(setup.eventStore)
                .tokenStore(setup.tokens)
                .transactionManager(NoTransactionManager.instance())
                .coordinatorExecutor(coordinator)
                .workerExecutor(worker)
                .initialSegmentCount(1)
                .initialToken(StreamableMessageSource::createTailToken)
                .tokenClaimInterval(claimIntervalMillis)
                .batchSize(200)
                .build();
        processor.start();
    }

    @AfterEach
    void stop() {
        if (processor != null) {
            processor.shutDown();
            processor = null;
            coordinator.shutdownNow();
            worker.shutdownNow();
        }
    }

    private String nextHandled() throws InterruptedException {
        return handled.poll(10, TimeUnit.SECONDS);
    }

    /** The token is written after the handlers ran, so the test waits for it. */
    private void awaitToken(long position) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (position() != position && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(position()).isEqualTo(position);
    }

    private long position() {
        return setup.tokens.fetchToken("processor", 0).position().orElse(-1);
    }

    @Test
    void an_appended_event_is_handled_at_once_and_not_when_a_poll_comes_round() throws Exception {
        start(event -> handled.add(StoreSetup.text(event)));
        setup.append("warm up");
        assertThat(handled.poll(5, TimeUnit.SECONDS)).isEqualTo("warm up");

        // A processor that sleeps between polls sleeps 500 ms: 20 round trips would take some 10 s, or 5 at the very
        // luckiest.
        int roundTrips = 20;
        long begin = System.nanoTime();
        for (int i = 0; i < roundTrips; i++) {
            setup.append("event " + i);
            assertThat(nextHandled()).isEqualTo("event " + i);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void it_goes_on_where_it_stopped_also_after_the_store_was_opened_again() throws Exception {
        start(event -> handled.add(StoreSetup.text(event)));
        setup.append("first", "second");
        assertThat(List.of(nextHandled(), nextHandled())).containsExactly("first", "second");
        awaitToken(1);
        stop();
        setup.append("while stopped");

        reopen();
        start(event -> handled.add(StoreSetup.text(event)));
        assertThat(nextHandled()).isEqualTo("while stopped");
        setup.append("afterwards");
        assertThat(nextHandled()).isEqualTo("afterwards");
        awaitToken(3);
        assertThat(handled).isEmpty();
    }

    @Test
    void what_a_batch_writes_is_written_once_and_together_with_its_token() throws Exception {
        setup.append("one", "two", "three");
        List<String> attempts = new ArrayList<>();
        start(50, event -> {
            String text = StoreSetup.text(event);
            if (text.startsWith("about")) {
                handled.add(text);
                return;
            }
            attempts.add(text);
            setup.sagas.insertSaga(Journey.class, "saga of " + text, new Journey(text), Set.of(ASSOCIATION));
            setup.store.column("rows").put(text, new byte[] {1});
            setup.eventStore.publish(StoreSetup.event("about " + text));
            if (text.equals("three")
                    && !attempts.subList(0, attempts.size() - 1).contains("three")) {
                throw new IllegalStateException("the first attempt fails");
            }
        });

        assertThat(List.of(nextHandled(), nextHandled(), nextHandled()))
                .containsExactly("about one", "about two", "about three");
        awaitToken(5);
        // The processor chooses the batches; the one with the third event was handled twice.
        assertThat(attempts).filteredOn("three"::equals).hasSize(2);
        assertThat(setup.texts()).containsExactly("one", "two", "three", "about one", "about two", "about three");
        stop();

        reopen();
        assertThat(position()).isEqualTo(5);
        assertThat(setup.sagas.findSagas(Journey.class, ASSOCIATION))
                .containsExactlyInAnyOrder("saga of one", "saga of two", "saga of three");
        assertThat(setup.store.column("rows").entries()).containsOnlyKeys("one", "two", "three");
    }

    @Test
    void a_failed_batch_leaves_nothing_in_the_store() throws Exception {
        setup.append("good", "bad");
        start(50, event -> {
            setup.store.column("rows").put(StoreSetup.text(event), new byte[] {1});
            setup.eventStore.publish(StoreSetup.event("about " + StoreSetup.text(event)));
            if (StoreSetup.text(event).equals("bad")) {
                handled.add("attempt");
                throw new IllegalStateException("fails every time");
            }
        });
        // When the second attempt has begun, the first is over.
        assertThat(nextHandled()).isEqualTo("attempt");
        assertThat(nextHandled()).isEqualTo("attempt");

        // The good event was in an earlier batch and is complete, or in the failed one and has left nothing.
        boolean apart = position() == 0;
        assertThat(position()).isEqualTo(apart ? 0 : -1);
        assertThat(setup.store.column("rows").entries().keySet()).isEqualTo(apart ? Set.of("good") : Set.of());
        assertThat(setup.texts()).isEqualTo(apart ? List.of("good", "bad", "about good") : List.of("good", "bad"));
    }
}
