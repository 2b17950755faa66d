package dev.kontor.command.order;

import dev.kontor.command.catalog.ShopCurrencies;
import dev.kontor.command.operations.Commands;
import java.time.Clock;
import java.time.Duration;

/** For tests of other rooms that need a real placement. */
public final class Placements {

    private Placements() {}

    public static Placement by(Commands commands, Clock clock) {
        return new Placement(commands, ShopCurrencies.euros(), clock, Duration.ofSeconds(60));
    }
}
