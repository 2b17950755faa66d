package dev.kontor.api.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredSchemaTest {

    enum Choice {
        ONE,
        OTHER
    }

    record Id(@JsonValue String value) {}

    record Inner(long units, int count, boolean sure) {}

    record Outer(Id id, Instant at, Choice choice, Inner inner, List<Inner> inners, List<Id> ids) {}

    record Broken(Map<String, String> map) {}

    static class Aggregate {
        @JsonValue
        Inner state() {
            return new Inner(1, 1, true);
        }
    }

    @Test
    void a_shape_goes_down_to_the_simplest_values() {
        Map<String, Object> inner = Map.of("units", "int64", "count", "int32", "sure", "boolean");

        assertThat(StoredSchema.of(Outer.class))
                .isEqualTo(Map.of(
                        "id",
                        "string",
                        "at",
                        "time",
                        "choice",
                        "ONE|OTHER",
                        "inner",
                        inner,
                        "inners",
                        List.of(inner),
                        "ids",
                        List.of("string")));
    }

    @Test
    void a_type_stored_as_its_value_has_the_schema_of_the_value() {
        assertThat(StoredSchema.of(Aggregate.class)).isEqualTo(StoredSchema.of(Inner.class));
    }

    @Test
    void a_type_without_a_fixed_schema_is_refused() {
        assertThatThrownBy(() -> StoredSchema.of(Broken.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Map");
    }
}
