package dev.kontor.query.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.query.ViewSettings;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CustomerCacheTest {

    private final CustomerCache cache = remembering(Duration.ofSeconds(30));
    private final CustomerId id = CustomerId.mint();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();

    private static CustomerCache remembering(Duration profileCache) {
        return new CustomerCache(new ViewSettings("kontor", 1, profileCache));
    }

    @Test
    void where_another_process_may_write_a_profile_it_is_read_every_time() {
        CustomerCache none = remembering(Duration.ZERO);
        none.get(id.value(), Wait.NOTHING, this::read);
        stored.set(1);

        assertThat(none.get(id.value(), Wait.NOTHING, this::read).version()).isEqualTo(1);
    }

    @Test
    void a_profile_is_read_once() {
        assertThat(version()).isZero();
        assertThat(version()).isZero();

        assertThat(reads).hasValue(1);
    }

    @Test
    void a_written_profile_is_read_again() {
        version();
        stored.set(1);
        assertThat(version()).isZero();

        cache.written(DocumentType.of("others", CustomerDocument.class), List.of(id.value()));
        assertThat(version()).isZero();

        cache.written(CustomerDocument.CUSTOMERS, List.of(id.value()));
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void a_read_of_a_version_does_not_get_an_older_one() {
        version();
        stored.set(1);

        assertThat(cache.get(id.value(), 1, this::read).version()).isEqualTo(1);
        assertThat(version()).isEqualTo(1);
        assertThat(reads).hasValue(2);
    }

    @Test
    void an_unknown_profile_is_not_cached() {
        assertThat(cache.get(id.value(), Wait.NOTHING, name -> null)).isNull();
        assertThat(version()).isZero();
    }

    /** The read gets its value before the write, and caches it after. */
    @Test
    void a_read_that_began_before_a_write_leaves_nothing_old_behind() throws Exception {
        CountDownLatch hasRead = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        CompletableFuture<CustomerView> read =
                CompletableFuture.supplyAsync(() -> cache.get(id.value(), Wait.NOTHING, name -> {
                    CustomerView old = read(name);
                    hasRead.countDown();
                    awaitIt(goesOn);
                    return old;
                }));
        awaitIt(hasRead);

        stored.set(1);
        Thread eviction =
                Thread.ofPlatform().start(() -> cache.written(CustomerDocument.CUSTOMERS, List.of(id.value())));
        await().until(() -> eviction.getState() == Thread.State.BLOCKED
                || eviction.getState() == Thread.State.WAITING
                || eviction.getState() == Thread.State.TERMINATED);
        goesOn.countDown();

        assertThat(read.get(10, TimeUnit.SECONDS).version()).isZero();
        eviction.join();
        assertThat(version()).isEqualTo(1);
    }

    private long version() {
        return cache.get(id.value(), Wait.NOTHING, this::read).version();
    }

    private CustomerView read(String name) {
        reads.incrementAndGet();
        return new CustomerView(
                id, "ada@example.com", "Ada", Role.CUSTOMER, CustomerStatus.ACTIVE, Instant.EPOCH, 0, 0, stored.get());
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
