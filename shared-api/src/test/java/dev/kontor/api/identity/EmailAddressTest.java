package dev.kontor.api.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna@example.com",
                "ANNA@Example.COM",
                "  anna@example.com ",
                "\uFF21nna@example.com", // a full-width A
            })
    void spellings_of_one_address_are_one_address(String spelling) {
        assertThat(new EmailAddress(spelling)).isEqualTo(new EmailAddress("anna@example.com"));
    }

    @Test
    void an_accent_may_be_written_in_either_way() {
        assertThat(new EmailAddress("Ren\u0065\u0301@example.com"))
                .isEqualTo(new EmailAddress("ren\u00E9@example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"J\u030C@example.com", "\u0130@example.com", "\u212A@example.com", "H\u0331@example.com"})
    void a_normalised_address_stays_unchanged(String spelling) {
        EmailAddress once = new EmailAddress(spelling);

        assertThat(new EmailAddress(once.value())).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+b@example.com", "a.b@mail.example.com", "o'neil@example.com", "a@b.c"})
    void many_things_are_addresses(String address) {
        assertThat(new EmailAddress(address).value()).isEqualTo(address);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "anna",
                "anna@example",
                "@example.com",
                "anna@",
                "anna@@example.com",
                "anna@example.com, bert@example.com",
                "Anna <anna@example.com>",
                "an na@example.com",
                "anna\u00A0b@example.com",
                "anna@example.",
                "a\r\nbcc:b@example.com"
            })
    void many_are_not(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> new EmailAddress(address));
    }

    @Test
    void an_address_has_at_most_254_characters() {
        String domain = "@example.com";
        String longest = "a".repeat(254 - domain.length()) + domain;

        assertThat(new EmailAddress(longest).value()).hasSize(254);
        assertThatIllegalArgumentException().isThrownBy(() -> new EmailAddress("a" + longest));
    }

    @Test
    void an_address_that_unfolds_to_more_is_too_long() {
        String ligatures = "\u3300".repeat(100); // four characters each once normalised

        assertThatIllegalArgumentException().isThrownBy(() -> new EmailAddress(ligatures + "@example.com"));
    }

    @Test
    void an_address_does_not_show_itself_in_logs() {
        assertThat(new EmailAddress("anna@example.com").toString()).doesNotContain("anna");
    }
}
