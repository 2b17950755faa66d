package dev.kontor.api.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.Uuids;
import dev.kontor.api.platform.DescribedAs;

@DescribedAs("A UUID in lower case.")
public record SessionId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SessionId {
        value = Uuids.check(value);
    }

    public static SessionId mint() {
        return new SessionId(Uuids.mint());
    }

    @Override
    public String toString() {
        return value;
    }
}
