package dev.kontor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UuidsTest {

    private static final int RFC_VARIANT = 2;

    @Test
    void a_minted_one_is_of_version_7() {
        UUID minted = UUID.fromString(Uuids.mint());

        assertThat(minted.version()).isEqualTo(7);
        assertThat(minted.variant()).isEqualTo(RFC_VARIANT);
    }

    @Test
    void a_minted_one_begins_with_the_current_time() {
        long before = System.currentTimeMillis();
        long stamped = UUID.fromString(Uuids.mint()).getMostSignificantBits() >>> 16;
        long after = System.currentTimeMillis();

        assertThat(stamped).isBetween(before, after);
    }

    @Test
    void no_two_minted_ones_are_alike() {
        Set<String> minted = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(minted.add(Uuids.mint())).isTrue();
        }
    }

    @Test
    void a_derived_one_is_of_version_8() {
        UUID derived = UUID.fromString(Uuids.derive("a", "b"));

        assertThat(derived.version()).isEqualTo(8);
        assertThat(derived.variant()).isEqualTo(RFC_VARIANT);
    }

    /** Derived ids are stored in logs: the id of these parts may never change. */
    @Test
    void the_same_parts_always_lead_to_the_same_id() {
        assertThat(Uuids.derive("checkout", "0197a3c2-0000-7000-8000-000000000001", "3"))
                .isEqualTo("1e757f72-0b0f-873d-9f1b-137595e13b15");
    }

    @Test
    void the_boundaries_of_the_parts_make_a_difference() {
        assertThat(Uuids.derive("ab", "c")).isNotEqualTo(Uuids.derive("a", "bc"));
        assertThat(Uuids.derive("abc")).isNotEqualTo(Uuids.derive("abc", ""));
        assertThat(Uuids.derive("a", "b")).isNotEqualTo(Uuids.derive("b", "a"));
    }

    @Test
    void a_uuid_is_compared_in_lower_case() {
        assertThat(Uuids.check("0197A3C2-0000-7000-8000-00000000000A"))
                .isEqualTo("0197a3c2-0000-7000-8000-00000000000a");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "1",
                "0197a3c2-0000-7000-8000-00000000000",
                "0197a3c2-0000-7000-8000-0000000000001",
                "0197a3c2000070008000000000000001",
                " 0197a3c2-0000-7000-8000-000000000001",
                "0197a3c2-0000-7000-8000-00000000000g",
                "{0197a3c2-0000-7000-8000-000000000001}"
            })
    void any_other_text_is_not_a_uuid(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Uuids.check(text)).withMessage("must be a UUID");
    }
}
