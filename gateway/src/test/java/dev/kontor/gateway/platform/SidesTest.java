package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.grpc.platform.StartException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidesTest {

    /** Every call would fail at once. */
    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void a_deadline_that_leaves_no_time_is_named(Duration deadline) {
        assertThatThrownBy(() -> new Sides(null, null, null, null, deadline))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("kontor.deadline");
    }
}
