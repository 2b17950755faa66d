package dev.kontor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/** Searches every output line and every error response of the tests' processes for secrets. */
final class Secrets {

    private static final List<Pattern> ALL = List.of(
            Pattern.compile(Pattern.quote(Shop.PASSWORD)),
            // A compact token, or the beginning of one.
            Pattern.compile("eyJ[A-Za-z0-9_-]{8,}"),
            // A refresh token.
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.[A-Za-z0-9_-]{43}"),
            Pattern.compile("\\$argon2"),
            Pattern.compile("PRIVATE KEY"),
            // 32 bytes in Base64, like master keys and hashes; in the URL alphabet key ids look alike.
            Pattern.compile("(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])"));

    private Secrets() {}

    /** @throws AssertionError with the place and the kind, without the surrounding text */
    static void assertNoneIn(String said, String where) {
        for (Pattern secret : ALL) {
            assertThat(secret.matcher(said).find())
                    .as("%s tells something that looks like %s".formatted(where, secret))
                    .isFalse();
        }
    }
}
