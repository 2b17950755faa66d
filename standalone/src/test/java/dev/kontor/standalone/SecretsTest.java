package dev.kontor.standalone;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search of secrets finds them, and reveals nothing of them. */
class SecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                Shop.PASSWORD,
                "eyJhbGciOiJSUzI1NiJ9.e30.c2ln",
                "0197a3c2-0000-7000-8000-000000000001.0123456789012345678901234567890123456789012",
                "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA",
                "-----BEGIN PRIVATE KEY-----"
            })
    void a_secret_is_found_wherever_it_stands(String secret) {
        assertThatThrownBy(() -> Secrets.assertNoneIn("12:00 WARN something: " + secret + ", and on", "the console"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the console")
                .hasMessageNotContaining("and on");
    }

    @Test
    void a_key_is_found() {
        String key = Base64.getEncoder().encodeToString(new byte[32]);

        assertThatThrownBy(() -> Secrets.assertNoneIn("key=" + key, "a log")).isInstanceOf(AssertionError.class);
    }

    @Test
    void texts_without_secrets_pass() {
        assertThatCode(() -> Secrets.assertNoneIn(
                        "order 0197a3c2-0000-7000-8000-000000000001 confirmed. Key k3JpZAmYVvNkXH3-fV2tYy9eQv6s7sVxK0y8o1Zr2Ts",
                        "the console"))
                .doesNotThrowAnyException();
    }
}
