package dev.kontor.command.order;

import dev.kontor.command.catalog.ProductQuotes;
import dev.kontor.command.catalog.ShopCurrencies;
import dev.kontor.command.platform.Commands;
import java.time.Clock;
import java.time.Duration;

/** For tests of other packages that need a real placement. */
public final class Placements {

    private Placements() {}

    public static OrderPlacement by(Commands commands, Clock clock) {
        return by(commands, clock, bounds(new InMemoryUnshippedOrders(), clock, 1_000, 100_000));
    }

    static OrderPlacement by(Commands commands, Clock clock, OrderBounds bounds) {
        return new OrderPlacement(
                commands, new ProductQuotes(commands), ShopCurrencies.euros(), bounds, clock, Duration.ofSeconds(60));
    }

    static OrderBounds bounds(UnshippedOrders index, Clock clock, long mostOrders, long mostUnits) {
        return new OrderBounds(index, clock, mostOrders, mostUnits);
    }
}
