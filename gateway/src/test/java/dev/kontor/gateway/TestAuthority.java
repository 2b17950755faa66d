package dev.kontor.gateway;

import com.google.protobuf.ByteString;
import dev.kontor.grpc.identity.Revocations;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.testsupport.TokenForge;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Signs tokens as the token issuer does, with keys of the test run. */
public final class TestAuthority {

    public static final TestAuthority INSTANCE = new TestAuthority();

    private static final String KEY_ID = "test-key";
    private static final String NEXT_KEY_ID = "next-key";

    private final KeyPair keys = TokenForge.newKeys();
    private final KeyPair nextKeys = TokenForge.newKeys();

    public RSAPublicKey publicKey() {
        return (RSAPublicKey) keys.getPublic();
    }

    public SigningKeys published() {
        return SigningKeys.newBuilder().addKeys(key(KEY_ID, keys)).build();
    }

    /** The keys after a rotation; both are valid. */
    public SigningKeys publishedWithNext() {
        return published().toBuilder().addKeys(key(NEXT_KEY_ID, nextKeys)).build();
    }

    private static SigningKey key(String id, KeyPair pair) {
        return SigningKey.newBuilder()
                .setKid(id)
                .setAlgorithm("RS256")
                .setPublicKey(ByteString.copyFrom(pair.getPublic().getEncoded()))
                .build();
    }

    /** The UUID of the account that tests call by this name. */
    public static String idOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    public String token(String name, String role) {
        return token(name, role, Instant.now().plusSeconds(600));
    }

    public String token(String name, String role, Instant end) {
        return token(name, role, end, KEY_ID, keys);
    }

    public String tokenOfSession(String name, String session) {
        return token(name, session, "CUSTOMER", Instant.now().plusSeconds(600), KEY_ID, keys);
    }

    /** A token that is signed with the key of {@link #rotated}. */
    public String tokenOfNextKey(String name, String role) {
        return token(name, role, Instant.now().plusSeconds(600), NEXT_KEY_ID, nextKeys);
    }

    /** A token that is signed with a key that no side knows. */
    public String tokenOfUnknownKey(String keyId) {
        return token("customer-1", "CUSTOMER", Instant.now().plusSeconds(600), keyId, nextKeys);
    }

    private static String token(String name, String role, Instant end, String keyId, KeyPair pair) {
        return token(name, "session of " + name, role, end, keyId, pair);
    }

    private static String token(String name, String session, String role, Instant end, String keyId, KeyPair pair) {
        return TokenForge.honest()
                .withHeader("kid", keyId)
                .with("sub", idOf(name))
                .with("sid", idOf(session))
                .with("role", role)
                .with("ver", 1)
                .lasting(end.minus(TokenVerifier.LIFETIME), end)
                .signedBy(pair)
                .token();
    }

    TokenVerifier verifier(Revocations revocations) {
        return new TokenVerifier(
                id -> switch (id) {
                    case KEY_ID -> Optional.of(publicKey());
                    case NEXT_KEY_ID -> Optional.of((RSAPublicKey) nextKeys.getPublic());
                    default -> Optional.empty();
                },
                revocations,
                Clock.systemUTC());
    }
}
