package dev.kontor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The valid characters of names, titles and descriptions, and their stored form. */
class TextLineTest {

    /** Visible signs before Arabic and Syriac numbers, which Unicode classifies as format characters. */
    private static final Set<Integer> DRAWN = Set.of(
            0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "René",
                "Grüße aus Köln",
                "日本語のタイトル",
                "עברית",
                "हिन्दी",
                "O'Neil & Söhne, 2. Wahl",
                "10\u00A0kg",
                "\u2764\uFE0F mug",
                "\uD83D\uDC69\u200D\uD83C\uDF3E honey",
                "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83C\uDF3E honey",
                "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08 flag",
                "1\uFE0F\u20E3 choice"
            })
    void visible_characters_are_accepted_in_a_line(String text) {
        assertThat(Text.line(text, 1, 100)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "an\u200Bna", "an\u200Cna", "an\u200Dna", "anna\u200E", "\u202Eanna", "\u2066anna\u2069", "an\u2060na",
                "\uFEFFanna", "an\u00ADna", "anna\uFE0F", "an\u034Fna", "an\u3164na", "an\u2800na", "anna1\uFE0F",
                "1\u200D\u2764", "\uDB40\uDC61anna", "an\uE000na", "an\uFDD0na", "an\u0378na", "\uFFF9anna", "\u200B"
            })
    void invisible_characters_are_refused_in_a_line(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Text.line(text, 1, 100))
                .withMessage("must not hold invisible or unknown characters");
    }

    @Test
    void only_visible_format_characters_are_accepted() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(c -> Character.getType(c) == Character.FORMAT)
                        .filter(Characters::isVisible)
                        .boxed())
                .allMatch(DRAWN::contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nb", "a\tb", "a\u2028b", "a\u2029b"})
    void line_breaks_are_refused_in_a_line(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Text.line(text, 1, 100))
                .withMessage("must not hold line breaks or tabs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"half \uD83D", "\uDE00 half", "\uD83D\uD83D\uDE00", "\uDE00\uD83D"})
    void half_a_surrogate_pair_is_refused_everywhere(String text) {
        String why = "must not hold half a surrogate pair";

        assertThat(Text.isWellFormed(text)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Text.line(text, 1, 100))
                .withMessage(why);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Text.lines(text, 1, 100))
                .withMessage(why);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Text.searched(text, 100))
                .withMessage(why);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x07, 0x0B, 0x1B, 0x7F, 0x85, 0x9F})
    void control_characters_are_refused_everywhere(int control) {
        String text = "a" + (char) control + "b";
        String why = "must not hold control characters";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Text.line(text, 1, 10))
                .withMessage(why);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Text.lines(text, 1, 10))
                .withMessage(why);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Text.searched(text, 10))
                .withMessage(why);
    }

    @Test
    void a_description_has_lines_and_whatever_its_script_needs() {
        String text = "First.\r\n\tSecond: \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645";

        assertThat(Text.lines(text, 0, 100)).isEqualTo(text);
    }

    @Test
    void surrounding_space_of_any_width_is_removed() {
        assertThat(Text.line("\u00A0\u3000 anna \u202F\n", 1, 4)).isEqualTo("anna");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Text.line("\u00A0\u2003", 1, 4))
                .withMessage("must have 1 to 4 characters");
    }

    @Test
    void a_text_is_stored_in_one_form_however_it_was_typed() {
        assertThat(Text.line("cafe\u0301", 1, 4)).isEqualTo("caf\u00E9");
        assertThat(Text.lines("cafe\u0301", 1, 4)).isEqualTo("caf\u00E9");
    }

    @Test
    void the_bounds_are_those_of_the_stored_form() {
        assertThat(Text.line("e\u0301".repeat(10), 1, 10)).hasSize(10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Text.line("\u0958".repeat(10), 1, 10)) // each is stored as two
                .withMessage("must have 1 to 10 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Text.line("e\u0301".repeat(100_000), 1, 10))
                .withMessage("must have at most 10 characters");
    }

    @Test
    void the_shown_name_of_a_device_has_only_visible_characters() {
        assertThat(Text.shown(" Anna's\u0000 \u202Ephone\uD83D\n", 200)).isEqualTo("Anna's phone");
        assertThat(Text.shown("\uD83D\uDE00".repeat(3), 2)).isEqualTo("\uD83D\uDE00\uD83D\uDE00");
    }
}
