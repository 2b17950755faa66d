package dev.kontor.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StockTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 999_999, 1_000_000})
    void a_quantity_is_one_to_a_million(long value) {
        assertThat(new Quantity(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1_000_001, 4_294_967_297L, Long.MAX_VALUE})
    void any_other_quantity_is_refused(long value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Quantity(value))
                .withMessage("must be 1 to 1,000,000");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1_000_000_000_000L, -1, 1, 1_000_000_000_000L})
    void stock_changes_by_so_many_units(long change) {
        assertThat(StockChange.check(change)).isEqualTo(change);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1_000_000_000_001L, 0, 1_000_000_000_001L, Long.MAX_VALUE})
    void stock_changes_by_nothing_else(long change) {
        assertThatIllegalArgumentException().isThrownBy(() -> StockChange.check(change));
    }

    @Test
    void units_that_move_between_available_and_reserved_stay_on_hand() {
        StockLevel level = new StockLevel(10, 2);

        assertThat(level.reserve(3)).isEqualTo(new StockLevel(7, 5));
        assertThat(level.release(2)).isEqualTo(new StockLevel(12, 0));
    }

    @Test
    void added_and_removed_units_change_the_stock_on_hand() {
        StockLevel level = new StockLevel(10, 2);

        assertThat(level.add(5)).isEqualTo(new StockLevel(15, 2));
        assertThat(level.remove(10)).isEqualTo(new StockLevel(0, 2));
        assertThat(level.commit(2)).isEqualTo(new StockLevel(10, 0));
    }

    @Test
    void nothing_falls_below_zero() {
        StockLevel level = new StockLevel(10, 2);

        assertThatIllegalArgumentException().isThrownBy(() -> level.remove(11));
        assertThatIllegalArgumentException().isThrownBy(() -> level.reserve(11));
        assertThatIllegalArgumentException().isThrownBy(() -> level.release(3));
        assertThatIllegalArgumentException().isThrownBy(() -> level.commit(3));
    }

    @Test
    void a_stock_level_has_at_most_a_million_billion_units() {
        assertThat(new StockLevel(StockLevel.HIGHEST - 5, 5).reserve(1))
                .isEqualTo(new StockLevel(StockLevel.HIGHEST - 6, 6));
        assertThat(StockLevel.HIGHEST).isEqualTo(1_000_000_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0",
        "0, -1",
        "1000000000000001, 0",
        "0, 1000000000000001",
        "1000000000000000, 1",
        "9223372036854775807, 1",
        "9223372036854775807, 9223372036854775807"
    })
    void no_other_level_exists(long available, long reserved) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StockLevel(available, reserved))
                .withMessage("must be 0 to 1,000,000,000,000,000");
    }
}
