package dev.kontor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/** What must never be told: looked for in every line that any Kontor of these tests says, and in every error it answers. */
final class Secrets {

    private static final List<Pattern> ALL = List.of(
            Pattern.compile(Pattern.quote(Shop.PASSWORD)),
            // A compact token, or the beginning of one.
            Pattern.compile("eyJ[A-Za-z0-9_-]{8,}"),
            // A refresh token.
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.[A-Za-z0-9_-]{43}"),
            Pattern.compile("\\$argon2"),
            Pattern.compile("PRIVATE KEY"),
            // 32 bytes in Base64, as master keys and hashes are written; in the URL's alphabet key ids look alike.
            Pattern.compile("(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])"));

    private Secrets() {}

    /** @throws AssertionError that says where and what kind, not what stands around it */
    static void assertNoneIn(String said, String where) {
        for (Pattern secret : ALL) {
            assertThat(secret.matcher(said).find())
                    .as("%s tells something that looks like %s".formatted(where, secret))
                    .isFalse();
        }
    }
}
