package dev.kontor.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.api.storage.Upcasters;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The events for tests of views, sagas and policies: complete, and at their bounds. */
class EveryEventTest {

    private static List<Object> of(String name) {
        return EveryEvent.histories().get(name).stream()
                .map(history -> history.events().getLast())
                .toList();
    }

    @Test
    void there_is_every_event_and_every_older_revision() {
        assertThat(EveryEvent.histories())
                .hasSize(StoredTypes.events().all().size() + Upcasters.ALL.size())
                .containsKeys("order.OrderCancelled.1", "catalog.CurrencyFixed")
                .allSatisfy((name, histories) -> assertThat(histories).isNotEmpty());
    }

    /** The reason for the bounds of prices, quantities and lines. */
    @Test
    void the_dearest_possible_order_has_a_total() {
        Money highest = of("order.OrderPlaced").stream()
                .map(OrderPlaced.class::cast)
                .filter(placed -> OrderLine.currencies(placed.lines()).size() == 1)
                .map(placed -> OrderLine.total(placed.lines()))
                .reduce((one, other) -> one.amount() > other.amount() ? one : other)
                .orElseThrow();

        assertThat(highest).isEqualTo(new Money(1_000_000_000_000_000_000L, "EUR"));
        assertThat(of("order.OrderConfirmed"))
                .map(confirmed -> ((OrderConfirmed) confirmed).total())
                .contains(highest);
    }

    @Test
    void an_optional_value_is_absent_in_one_of_them() {
        assertThat(of("order.OrderPlaced"))
                .map(placed -> ((OrderPlaced) placed).expectedTotal())
                .anyMatch(Objects::isNull)
                .anyMatch(Objects::nonNull);
    }
}
