package dev.kontor.command.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.ids.OrderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FinishedOrdersTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final FinishedOrders finished = new FinishedOrders();

    private OrderId settle(long deadline, long now) {
        OrderId order = OrderId.mint();
        finished.add(order, at(deadline), at(now));
        return order;
    }

    private static Instant at(long seconds) {
        return NOON.plusSeconds(seconds);
    }

    @Test
    void an_order_is_remembered_until_its_deadline_and_at_it() {
        OrderId order = settle(60, 0);

        settle(120, 60);

        assertThat(finished.contains(order)).isTrue();
    }

    @Test
    void an_order_past_its_deadline_is_removed() {
        OrderId order = settle(60, 0);

        settle(120, 61);

        assertThat(finished.contains(order)).isFalse();
        assertThat(finished.size()).isOne();
    }

    @Test
    void one_with_a_far_deadline_keeps_those_behind_it_until_it_goes_itself() {
        settle(300, 0);
        OrderId behind = settle(60, 1);

        settle(400, 299);
        assertThat(finished.contains(behind)).isTrue();

        settle(400, 301);
        assertThat(finished.contains(behind)).isFalse();
        assertThat(finished.size()).isEqualTo(2);
    }

    @Test
    void a_hot_product_remembers_only_the_orders_of_its_last_minute() {
        for (int second = 0; second < 1_000; second++) {
            for (int i = 0; i < 20; i++) {
                settle(second + 60, second);
            }
        }

        assertThat(finished.size()).isEqualTo(20 * 61);
    }

    @Test
    void listed_entries_can_be_restored_in_their_order() {
        settle(60, 0);
        settle(61, 0);
        OrderId last = settle(62, 0);
        FinishedOrders copy = new FinishedOrders();

        finished.forEach(copy::restore);
        copy.add(OrderId.mint(), at(200), at(62));

        assertThat(copy.size()).isEqualTo(2);
        assertThat(copy.contains(last)).isTrue();
    }

    /** For any order of deadlines: none is removed too early, and all once all have passed. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void no_order_is_removed_before_its_deadline(long seed) {
        Random random = new Random(seed);
        Map<OrderId, Long> deadlines = new HashMap<>();
        List<OrderId> all = new ArrayList<>();
        for (long now = 0; now < 2_000; now++) {
            long deadline = now + random.nextInt(120);
            OrderId order = settle(deadline, now);
            deadlines.put(order, deadline);
            all.add(order);
            long moment = now;
            assertThat(all.stream()
                            .filter(known -> deadlines.get(known) >= moment)
                            .allMatch(finished::contains))
                    .isTrue();
            assertThat(finished.size()).isLessThanOrEqualTo(240);
        }
        settle(9_999, 9_998);
        assertThat(finished.size()).isOne();
    }
}
