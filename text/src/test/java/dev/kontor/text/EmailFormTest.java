package dev.kontor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailFormTest {

    /** Logs contain hashes of these, so none may ever change, including forms that are refused today. */
    @ParameterizedTest
    @CsvSource({
        "' ANNA@Example.COM ', anna@example.com",
        "\uFF21\uFF4Ena@example.com, anna@example.com",
        "Rene\u0301@example.com, ren\u00E9@example.com",
        "J\u030C@example.com, \u01F0@example.com",
        "\u0130@example.com, i\u0307@example.com",
        "\uFB01ne@example.com, fine@example.com",
        "stra\u00DFe@example.com, stra\u00DFe@example.com",
        "\u039F\u0394\u039F\u03A3@example.com, \u03BF\u03B4\u03BF\u03C2@example.com",
        "an\u200Bna@example.com, an\u200Bna@example.com",
        "anna@ex\u00ADample.com, anna@ex\u00ADample.com",
        "\uFEFFanna@example.com, \uFEFFanna@example.com",
        "an\u1680na@example.com, an\u1680na@example.com"
    })
    void the_form_of_an_address_never_changes(String given, String form) {
        assertThat(EmailForm.of(given)).isEqualTo(form);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "an\u200Bna@example.com",
                "anna\u200D@example.com",
                "\u202Eanna@example.com",
                "anna@ex\u00ADample.com",
                "\uFEFFanna@example.com",
                "anna@example.com\u2060",
                "an\u3164na@example.com",
                "\u2764\uFE0F@example.com",
                "an\uE000na@example.com",
                "an\u1680na@example.com",
                "an\u2028na@example.com",
                "half\uD83D@example.com"
            })
    void a_new_address_has_no_invisible_characters(String given) {
        assertThatIllegalArgumentException().isThrownBy(() -> EmailForm.ofNew(given));
    }

    @Test
    void a_new_address_has_the_form_of_every_other() {
        assertThat(EmailForm.ofNew(" \uFF21nna@example.com")).isEqualTo("anna@example.com");
    }

    @Test
    void sign_ins_are_counted_by_the_account_they_address() {
        assertThat(EmailForm.ofAny(" \uFF21NNA@example.com")).isEqualTo(EmailForm.ofAny("anna@example.com"));
        assertThat(EmailForm.ofAny("no address")).isEqualTo("no address");
        assertThat(EmailForm.ofAny("a".repeat(1_000_000))).hasSize(254);
    }
}
