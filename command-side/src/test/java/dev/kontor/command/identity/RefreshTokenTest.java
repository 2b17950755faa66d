package dev.kontor.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.customer.MemoryKeyRing;
import dev.kontor.api.identity.SessionId;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefreshTokenTest {

    private static final SessionId SESSION = SessionId.mint();
    private static final TokenMac MAC = new TokenMac(new MemoryKeyRing(), new byte[32]);
    private static final String SECRET = "A".repeat(43);

    @Test
    void a_minted_id_can_be_parsed() {
        RefreshToken token = RefreshToken.mint(SESSION, MAC);

        assertThat(RefreshToken.parse(token.text())).contains(token);
        assertThat(token.sessionId()).isEqualTo(SESSION);
    }

    @Test
    void its_secret_is_256_bits_and_another_each_time() {
        List<String> secrets = Stream.generate(
                        () -> RefreshToken.mint(SESSION, MAC).secret())
                .limit(100)
                .toList();

        assertThat(secrets)
                .doesNotHaveDuplicates()
                .allSatisfy(secret ->
                        assertThat(Base64.getUrlDecoder().decode(secret)).hasSize(32));
    }

    @Test
    void it_is_distinguished_from_an_invented_one() {
        RefreshToken token = RefreshToken.mint(SESSION, MAC);
        String secret = token.secret();
        String otherEnd = secret.substring(0, 41) + (secret.charAt(41) == 'A' ? 'B' : 'A') + secret.charAt(42);

        assertThat(token.isOurs(MAC)).isTrue();
        assertThat(new RefreshToken(SESSION, SECRET).isOurs(MAC)).isFalse();
        assertThat(new RefreshToken(SESSION, otherEnd).isOurs(MAC)).isFalse();
        assertThat(new RefreshToken(SessionId.mint(), secret).isOurs(MAC)).isFalse();
        assertThat(token.isOurs(new TokenMac(new MemoryKeyRing(), new byte[32])))
                .isFalse();
    }

    @Test
    void all_command_sides_accept_it() {
        MemoryKeyRing ring = new MemoryKeyRing();
        RefreshToken token = RefreshToken.mint(SESSION, new TokenMac(ring, new byte[32]));

        assertThat(token.isOurs(new TokenMac(ring, new byte[32]))).isTrue();
    }

    @Test
    void its_hash_is_the_sha_256_of_its_secret() throws Exception {
        RefreshToken token = RefreshToken.mint(SESSION, MAC);

        assertThat(Base64.getUrlDecoder().decode(token.hash().hash()))
                .isEqualTo(MessageDigest.getInstance("SHA-256")
                        .digest(token.secret().getBytes()));
    }

    static List<String> junk() {
        return List.of(
                "",
                ".",
                "junk",
                SESSION.value(),
                SESSION + ".",
                "." + SECRET,
                SESSION + SECRET,
                SESSION + "." + SECRET + "A",
                SESSION + "." + SECRET.substring(1),
                SESSION + "." + SECRET.substring(1) + "=",
                SESSION + "." + SECRET.substring(1) + "\n",
                SESSION + "." + SECRET.substring(1) + "ä",
                SESSION.value().toUpperCase() + "." + SECRET,
                SESSION.value().replace('-', '_') + "." + SECRET,
                " " + SESSION + "." + SECRET,
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
                "x".repeat(1_000_000));
    }

    @ParameterizedTest
    @MethodSource("junk")
    void invalid_texts_are_not_tokens(String junk) {
        assertThat(RefreshToken.parse(junk)).isEmpty();
    }

    @Test
    void it_does_not_reveal_itself() {
        assertThat(RefreshToken.mint(SESSION, MAC)).hasToString("RefreshToken");
    }
}
