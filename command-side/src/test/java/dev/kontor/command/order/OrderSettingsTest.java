package dev.kontor.command.order;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.grpc.platform.StartException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A setting with which no order could be decided is refused, and the message names it. */
class OrderSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-5S", "P366D"})
    void an_invalid_time_to_decide_is_named(Duration timeToDecide) {
        assertThatThrownBy(() -> new OrderPlacement(null, null, null, null, null, timeToDecide))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("kontor.orders.time-to-decide");
    }

    @Test
    void an_order_is_not_slow_before_it_is_placed() {
        assertThatThrownBy(() -> new OrderSweeper(null, null, null, null, null, Duration.ofSeconds(-1)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("kontor.orders.slow-after");
    }
}
