package dev.kontor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    @Test
    void surrounding_space_does_not_count() {
        assertThat(Text.check("  abc\n", 3, 3)).isEqualTo("abc");
    }

    @Test
    void a_text_may_be_as_short_and_as_long_as_its_bounds() {
        assertThat(Text.check("ab", 2, 4)).isEqualTo("ab");
        assertThat(Text.check("abcd", 2, 4)).isEqualTo("abcd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "   a   ", "abcde"})
    void a_text_outside_its_bounds_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Text.check(text, 2, 4))
                .withMessage("must have 2 to 4 characters");
    }

    @Test
    void null_counts_as_an_empty_text() {
        assertThat(Text.check(null, 0, 4)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Text.check(null, 1, 4));
    }

    @Test
    void lines_and_tabs_are_accepted() {
        assertThat(Text.check("a\r\n\tb", 1, 10)).isEqualTo("a\r\n\tb");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x07, 0x1B, 0x7F, 0x85, 0x9F})
    void control_characters_are_refused(int control) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Text.check("a" + (char) control + "b", 1, 10))
                .withMessage("must not hold control characters");
    }
}
