package dev.kontor.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NumberedIdsTest {

    private final NumberedIds ids = new NumberedIds();

    @Test
    void names_are_numbered_as_they_come_and_found_again_among_very_many() {
        for (int i = 0; i < 100_000; i++) {
            assertThat(ids.of(new UUID(i * 31L, -i).toString())).isEqualTo(i);
        }

        for (int i = 0; i < 100_000; i++) {
            String uuid = new UUID(i * 31L, -i).toString();
            assertThat(ids.find(uuid)).isEqualTo(i);
            assertThat(ids.of(uuid)).isEqualTo(i);
            assertThat(ids.uuid(i)).isEqualTo(uuid);
        }
        assertThat(ids.size()).isEqualTo(100_000);
        assertThat(ids.find(UUID.randomUUID().toString())).isEqualTo(-1);
    }

    @Test
    void another_spelling_is_another_name() {
        String name = "0197a3c2-0000-7000-8000-0000000000ab";

        int number = ids.of(name);

        assertThat(ids.of(name.toUpperCase(Locale.ROOT))).isNotEqualTo(number);
        assertThat(ids.of(name.replace('b', 'g'))).isNotEqualTo(number);
        assertThat(ids.of(name.replace('b', 'é'))).isNotEqualTo(number);
        assertThat(ids.of("cart-" + name)).isNotEqualTo(number);
        assertThat(ids.of(name)).isEqualTo(number);
    }

    @Test
    void a_name_that_was_looked_for_in_vain_can_be_added() {
        assertThat(ids.find("one")).isEqualTo(-1);
        assertThat(ids.of("one")).isZero();
        assertThat(ids.find("one")).isZero();
    }
}
