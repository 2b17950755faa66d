package dev.kontor.api.ids;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.Uuids;
import dev.kontor.api.platform.DescribedAs;

@DescribedAs("A UUID in lower case.")
public record CustomerId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CustomerId {
        value = Uuids.check(value);
    }

    public static CustomerId mint() {
        return new CustomerId(Uuids.mint());
    }

    @Override
    public String toString() {
        return value;
    }
}
