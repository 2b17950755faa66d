package dev.kontor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that look the same to readers have the same compared form. */
class ComparedTextTest {

    @ParameterizedTest
    @CsvSource({
        "Cafe\u0301, caf\u00E9",
        "\uFB01ne, fine",
        "\uFF11\uFF12, 12",
        "10\u00A0kg, 10 kg",
        "a \u3000\t b, a b",
        "\u1E9E, ss",
        "STRASSE, stra\u00DFe",
        "\u039F\u0394\u039F\u03A3, \u03BF\u03B4\u03BF\u03C2",
        "\u0130stanbul, istanbul",
        "\u212B, \u00E5",
        "\u2460, 1",
        "co\u00ADoperate, cooperate",
        "\u2764\uFE0F, \u2764",
        "\u216B, xii"
    })
    void spellings_of_a_text_have_the_same_compared_form(String one, String other) {
        assertThat(Text.compared(one)).isEqualTo(Text.compared(other));
    }

    @ParameterizedTest
    @CsvSource({"tea, ten", "a, \u00E4", "a, \u0430", "12, 21"})
    void other_texts_have_other_compared_forms(String one, String other) {
        assertThat(Text.compared(one)).isNotEqualTo(Text.compared(other));
    }

    @Test
    void a_part_of_a_text_is_a_part_of_its_compared_form() {
        assertThat(Text.compared("\u039F\u0394\u039F\u03A3\u03A4\u03A1\u03A9\u039C\u0391"))
                .contains(Text.compared("\u03BF\u03B4\u03BF\u03C2"));
    }

    @Test
    void the_compared_form_of_any_character_is_its_own_compared_form() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(c -> !Characters.isSurrogate(c) && Character.isDefined(c))
                        .mapToObj(c -> Text.compared("x" + Character.toString(c) + "y"))
                        .filter(compared -> !Text.compared(compared).equals(compared)))
                .isEmpty();
    }

    @Test
    void a_compared_form_is_cut_between_characters() {
        assertThat(Text.compared("\uFDFA".repeat(10), 20)).hasSize(20);
        assertThat(Text.compared("ab\uD83D\uDE00", 3)).isEqualTo("ab");
        assertThat(Text.compared("ABC", 3)).isEqualTo("abc");
    }

    @Test
    void a_search_has_a_bound() {
        assertThat(Text.searched("  Caf\u00C9 ", 4)).isEqualTo("caf\u00E9");
        assertThat(Text.searched(" \u200B ", 4)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Text.searched("abcde", 4))
                .withMessage("must have at most 4 characters");
    }
}
