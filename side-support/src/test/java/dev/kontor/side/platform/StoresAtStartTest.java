package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;

class StoresAtStartTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final StartupDependencies needs = new StartupDependencies();
    private final AtomicBoolean documents = new AtomicBoolean();
    private final AtomicBoolean events = new AtomicBoolean();
    private final AtomicInteger prepared = new AtomicInteger();

    @SafeVarargs
    private static <T> ObjectProvider<T> of(T... beans) {
        return new ObjectProvider<>() {
            @Override
            public Stream<T> stream() {
                return Stream.of(beans);
            }

            @Override
            public Stream<T> orderedStream() {
                return Stream.of(beans);
            }
        };
    }

    private StoresAtStart preparing(StorePreparation preparation) {
        return new StoresAtStart(
                needs,
                of(new StartupDependency("MongoDB", documents::get), new StartupDependency("Axon Server", events::get)),
                of(preparation));
    }

    @Test
    void all_that_is_missing_is_named_and_nothing_is_prepared_before_it_is_there() throws InterruptedException {
        StoresAtStart start = preparing(prepared::incrementAndGet);
        Thread starting = Thread.ofVirtual().start(start::start);

        await().atMost(SOON).until(() -> needs.missing().equals(List.of("Axon Server", "MongoDB")));
        documents.set(true);
        await().atMost(SOON).until(() -> needs.missing().equals(List.of("Axon Server")));
        assertThat(prepared).hasValue(0);
        events.set(true);
        starting.join();

        assertThat(prepared).hasValue(1);
        assertThat(needs.missing()).isEmpty();
        assertThat(start.isRunning()).isTrue();
    }

    @Test
    void a_store_that_goes_away_meanwhile_is_waited_for_again() {
        documents.set(true);
        events.set(true);

        preparing(() -> {
                    if (prepared.incrementAndGet() < 3) {
                        throw new MongoTimeoutException("no server");
                    }
                })
                .start();

        assertThat(prepared).hasValue(3);
    }

    @Test
    void a_permanent_failure_ends_the_start() {
        documents.set(true);
        events.set(true);

        assertThatThrownBy(() -> preparing(() -> {
                            throw new IllegalStateException("The key does not open");
                        })
                        .start())
                .hasMessage("The key does not open");
    }

    @Test
    void without_remote_stores_there_is_no_wait() {
        StoresAtStart start = new StoresAtStart(needs, of(), of(() -> {
            throw new MongoTimeoutException("broken");
        }));

        assertThatThrownBy(start::start).hasMessageContaining("broken");
    }
}
