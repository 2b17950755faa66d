package dev.kontor.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {

    @Test
    void the_median_is_the_middle_value_or_the_mean_of_two() {
        assertThat(Ratios.median(9, 1, 5)).isEqualTo(5);
        assertThat(Ratios.median(9, 1, 5, 7)).isEqualTo(6);
    }

    /** The ratio of the medians would be 2 / 2: it compares runs of different moments. */
    @Test
    void runs_are_compared_pair_by_pair() {
        assertThat(Ratios.median(List.of(1.0, 2.0, 30.0), List.of(2.0, 1.0, 10.0), Double::doubleValue))
                .isEqualTo(2);
    }

    @Test
    void a_run_without_its_pair_is_refused() {
        assertThatThrownBy(() -> Ratios.median(List.of(1.0), List.of(), Double::doubleValue))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
