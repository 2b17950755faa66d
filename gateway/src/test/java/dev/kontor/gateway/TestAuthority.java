package dev.kontor.gateway;

import com.google.protobuf.ByteString;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.wire.identity.Revocations;
import dev.kontor.wire.identity.TokenVerifier;
import io.jsonwebtoken.Jwts;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

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

    public String token(String customerId, String role) {
        return token(customerId, role, Instant.now().plusSeconds(600));
    }

    public String token(String customerId, String role, Instant end) {
        return Jwts.builder()
                .header()
                .keyId(KEY_ID)
                .and()
                .issuer(TokenVerifier.ISSUER)
                .audience()
                .add(TokenVerifier.AUDIENCE)
                .and()
                .subject(customerId)
                .claim("role", role)
                .claim("sid", "session-1")
                .claim("ver", 1)
                .issuedAt(Date.from(Instant.now().minusSeconds(1_000)))
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
