package dev.kontor.api.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.Rejection.Line;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class OrderLineTest {

    private static OrderLine line(long quantity, long unitPrice, String currency) {
        return new OrderLine(
                ProductId.mint(), new Quantity(quantity), CustomerId.mint(), "Lamp", new Money(unitPrice, currency));
    }

    @Test
    void a_total_is_the_sum_of_quantity_times_price() {
        assertThat(OrderLine.total(List.of(line(2, 150, "EUR"), line(1, 99, "EUR"))))
                .isEqualTo(new Money(399, "EUR"));
    }

    @Test
    void there_is_no_total_of_nothing_or_of_two_currencies() {
        assertThatThrownBy(() -> OrderLine.total(List.of())).isInstanceOf(NoSuchElementException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrderLine.total(List.of(line(1, 1, "EUR"), line(1, 1, "USD"))));
    }

    @Test
    void an_order_is_rejected_for_what_its_first_refused_line_says() {
        Line first = new Line(ProductId.mint(), "product-delisted", 0);
        Line second = new Line(ProductId.mint(), "insufficient-stock", 3);

        assertThat(Rejection.ofLines(List.of(first, second)))
                .isEqualTo(new Rejection("product-delisted", List.of(first, second)));
        assertThat(Rejection.of(RejectionReason.PRICE_CHANGED)).isEqualTo(new Rejection("price-changed", List.of()));
    }

    @Test
    void only_a_placed_order_is_undecided() {
        assertThat(List.of(OrderStatus.values()).stream().filter(OrderStatus::isUndecided))
                .containsExactly(OrderStatus.PLACED);
    }
}
