package dev.kontor.api.ids;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.Uuids;
import dev.kontor.api.platform.DescribedAs;

@DescribedAs("A UUID in lower case.")
public record ProductId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProductId {
        value = Uuids.check(value);
    }

    public static ProductId mint() {
        return new ProductId(Uuids.mint());
    }

    @Override
    public String toString() {
        return value;
    }
}
