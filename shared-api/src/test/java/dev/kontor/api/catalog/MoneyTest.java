package dev.kontor.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @Test
    void amounts_of_one_currency_add_up() {
        assertThat(new Money(150, "EUR").plus(new Money(50, "EUR"))).isEqualTo(new Money(200, "EUR"));
        assertThat(Money.zero("EUR").plus(new Money(50, "EUR"))).isEqualTo(new Money(50, "EUR"));
    }

    @Test
    void amounts_of_two_currencies_do_not() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Money(150, "EUR").plus(new Money(50, "USD")))
                .withMessage("must have one currency");
    }

    @Test
    void a_price_is_multiplied_beyond_32_bits() {
        assertThat(new Money(3_000_000_000L, "EUR").times(new Quantity(1_000_000)))
                .isEqualTo(new Money(3_000_000_000_000_000L, "EUR"));
    }

    @Test
    void an_amount_is_not_negative() {
        assertThat(new Money(0, "EUR").amount()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Money(-1, "EUR"))
                .withMessage("must not be negative");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "eur", "EURO", "E", "XYZ"})
    void a_currency_is_an_iso_code(String currency) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Money(1, currency))
                .withMessage("must have an ISO 4217 currency");
    }

    @Test
    void a_price_has_a_bound() {
        assertThat(Price.check(10_000_000_000L, "EUR")).isEqualTo(new Money(10_000_000_000L, "EUR"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Price.check(10_000_000_001L, "EUR"))
                .withMessage("must be at most 10,000,000,000");
        assertThatIllegalArgumentException().isThrownBy(() -> Price.check(-1, "EUR"));
    }

    @Test
    void the_total_of_the_dearest_possible_order_does_not_overflow() {
        Money line = Price.check(Price.HIGHEST, "EUR").times(new Quantity(Quantity.HIGHEST));
        Money total = Money.zero("EUR");
        for (int i = 0; i < 100; i++) {
            total = total.plus(line);
        }

        assertThat(total.amount()).isEqualTo(1_000_000_000_000_000_000L);
    }
}
