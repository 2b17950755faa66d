package dev.kontor.gateway;

import com.google.protobuf.ByteString;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.wire.identity.Revocations;
import dev.kontor.wire.identity.TokenVerifier;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/** Signs tokens as the real one does, with a key that lives as long as the tests. */
public final class TestAuthority {

    public static final TestAuthority INSTANCE = new TestAuthority();

    private static final String KEY_ID = "test-key";

    private final KeyPair keys = newKeys();

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public RSAPublicKey publicKey() {
        return (RSAPublicKey) keys.getPublic();
    }

    public SigningKeys published() {
        return SigningKeys.newBuilder()
                .addKeys(SigningKey.newBuilder()
                        .setKid(KEY_ID)
                        .setAlgorithm("RS256")
                        .setPublicKey(ByteString.copyFrom(keys.getPublic().getEncoded())))
                .build();
    }

    /** The id of the customer whom tests call by this name: an account's id is a UUID. */
    public static String idOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    public String token(String name, String role) {
        return token(name, role, Instant.now().plusSeconds(600));
    }

    public String token(String name, String role, Instant end) {
        return Jwts.builder()
                .header()
                .type(TokenVerifier.TYPE)
                .keyId(KEY_ID)
                .and()
                .issuer(TokenVerifier.ISSUER)
                .audience()
                .add(TokenVerifier.AUDIENCE)
                .and()
                .subject(idOf(name))
                .claim("role", role)
                .claim("sid", idOf("session of " + name))
                .claim("ver", 1)
                .issuedAt(Date.from(end.minus(TokenVerifier.LIFETIME)))
                .expiration(Date.from(end))
                .signWith(keys.getPrivate(), Jwts.SIG.RS256)
                .compact();
    }

    TokenVerifier verifier() {
        return new TokenVerifier(
                id -> id.equals(KEY_ID) ? Optional.of(publicKey()) : Optional.empty(),
                Revocations.NONE,
                Clock.systemUTC());
    }
}
