package dev.kontor.command.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.command.cart.Cart;
import dev.kontor.command.catalog.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.axonframework.common.caching.Cache;
import org.junit.jupiter.api.Test;

class AggregateCacheTest {

    private static final int BOUND = 100;

    private final AggregateCache all = new AggregateCache(BOUND);
    private final Cache cache = all.of(Cart.class);

    private void fill(String kind, int count) {
        IntStream.range(0, count).forEach(i -> cache.put(kind + i, kind));
    }

    private long kept(String kind, int count) {
        return IntStream.range(0, count)
                .filter(i -> cache.containsKey(kind + i))
                .count();
    }

    @Test
    void a_stored_entry_is_returned() {
        cache.put("a", 1);
        cache.put("a", 2);

        assertThat(cache.<String, Integer>get("a")).isEqualTo(2);
        assertThat(cache.<String, Integer>get("b")).isNull();
        assertThat(cache.containsKey("a")).isTrue();
        assertThat(cache.containsKey("b")).isFalse();
    }

    @Test
    void an_id_of_one_type_is_not_found_as_another() {
        cache.put("a", 1);
        Cache others = all.of(Product.class);

        assertThat(others.<String, Integer>get("a")).isNull();
        others.put("a", 2);
        assertThat(cache.<String, Integer>get("a")).isEqualTo(1);
        others.removeAll();
        assertThat(others.containsKey("a")).isFalse();
        assertThat(cache.containsKey("a")).isTrue();
    }

    @Test
    void there_are_never_more_than_the_bound() {
        fill("order", 10 * BOUND);

        assertThat(kept("order", 10 * BOUND)).isPositive().isLessThanOrEqualTo(BOUND);
    }

    @Test
    void an_aggregate_in_use_stays_while_thousands_are_loaded() {
        cache.put("product", "busy");
        for (int i = 0; i < 50 * BOUND; i++) {
            cache.put("order" + i, "passes by");
            assertThat(cache.<String, String>get("product")).isEqualTo("busy");
        }
    }

    @Test
    void an_existing_entry_is_not_replaced() {
        assertThat(cache.putIfAbsent("a", 1)).isTrue();
        assertThat(cache.putIfAbsent("a", 2)).isFalse();
        assertThat(cache.<String, Integer>get("a")).isEqualTo(1);
    }

    @Test
    void a_removed_entry_is_not_found() {
        cache.put("a", 1);

        assertThat(cache.remove("a")).isTrue();
        assertThat(cache.remove("a")).isFalse();
        assertThat(cache.<String, Integer>get("a")).isNull();
    }

    @Test
    void all_can_be_removed() {
        fill("order", BOUND);

        cache.removeAll();

        assertThat(kept("order", BOUND)).isZero();
    }

    @Test
    void only_present_entries_are_recomputed() {
        cache.put("a", 1);

        cache.<Integer>computeIfPresent("a", number -> number + 1);
        cache.<Integer>computeIfPresent("b", number -> number + 1);

        assertThat(cache.<String, Integer>get("a")).isEqualTo(2);
        assertThat(cache.containsKey("b")).isFalse();
    }

    @Test
    void an_entry_computed_to_null_is_removed() {
        cache.put("a", 1);

        cache.<Integer>computeIfPresent("a", number -> null);

        assertThat(cache.containsKey("a")).isFalse();
    }

    @Test
    void listeners_are_refused() {
        assertThatThrownBy(() -> cache.registerCacheEntryListener(null))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void many_threads_use_it_at_once() throws Exception {
        List<Future<?>> users = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int user = 0; user < 16; user++) {
                String name = "user" + user + "-";
                users.add(threads.submit(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        cache.put(name + i, i);
                        cache.get("product");
                        cache.putIfAbsent("product", "busy");
                    }
                }));
            }
        }
        for (Future<?> user : users) {
            user.get();
        }
        assertThat(cache.<String, String>get("product")).isEqualTo("busy");
        assertThat(IntStream.range(0, 16)
                        .mapToLong(user -> kept("user" + user + "-", 2_000))
                        .sum())
                .isPositive()
                .isLessThan(BOUND);
    }
}
