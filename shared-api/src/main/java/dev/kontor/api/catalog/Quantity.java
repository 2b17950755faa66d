package dev.kontor.api.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.platform.DescribedAs;

/** The units of a product in a line: 1 to {@link #HIGHEST}. */
@DescribedAs("Units, 1 to 1,000,000.")
public record Quantity(@JsonValue long value) {

    public static final long HIGHEST = 1_000_000;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Quantity {
        if (value < 1 || value > HIGHEST) {
            throw new IllegalArgumentException("must be 1 to %,d".formatted(HIGHEST));
        }
    }
}
