package dev.kontor.command.identity;

import com.google.crypto.tink.subtle.AesGcmJce;
import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.customer.KeyRing;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.SessionId;
import dev.kontor.wire.identity.TokenVerifier;
import dev.kontor.wire.identity.VerificationKeys;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;

/**
 * Signs access tokens. It alone holds the private key, which is made at the first start and kept in the key ring, wrapped
 * by a master key of its own that no other side knows.
 */
public final class Authority implements VerificationKeys {

    /** The subject of an operator's token. No customer's: those are UUIDs. */
    public static final String OPERATOR = "operator";

    public static final Duration ACCESS_TOKEN_LIFETIME = Duration.ofMinutes(15);

    private static final String KEY_ID = "signing";
    private static final byte[] BINDING = KEY_ID.getBytes(StandardCharsets.UTF_8);
    private static final int MODULUS_BITS = 2048;

    private final Clock clock;
    private final RSAPrivateCrtKey privateKey;
    private final RSAPublicKey publicKey;
    private final String kid;

    /**
     * @param masterKey 32 bytes that wrap the private key
     * @throws IllegalStateException where the kept key does not open with this master key
     */
    public Authority(KeyRing keyRing, byte[] masterKey, Clock clock) {
        this.clock = clock;
        try {
            AesGcmJce master = new AesGcmJce(masterKey);
            byte[] wrapped = keyRing.find(KEY_ID).orElse(null);
            if (wrapped == null) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(MODULUS_BITS);
                byte[] fresh = generator.generateKeyPair().getPrivate().getEncoded();
                wrapped = keyRing.putIfAbsent(KEY_ID, master.encrypt(fresh, BINDING));
            }
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            privateKey =
                    (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(master.decrypt(wrapped, BINDING)));
            publicKey = (RSAPublicKey)
                    rsa.generatePublic(new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
            kid = thumbprint(publicKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The signing key does not open with this master key", e);
        }
    }

    /**
     * A token for this customer, good for 15 minutes from now.
     *
     * @param version of the customer's credentials
     */
    String issue(CustomerId customerId, SessionId sessionId, Role role, long version) {
        return issue(customerId.value(), sessionId, role, version);
    }

    /**
     * A token for whoever runs the machine, good for 15 minutes from now: an admin's, and of nobody's account. To be kept
     * where only they can read it.
     */
    public String issueToOperator() {
        return issue(OPERATOR, SessionId.mint(), Role.ADMIN, 0);
    }

    private String issue(String subject, SessionId sessionId, Role role, long version) {
        Instant now = clock.instant();
        return Jwts.builder()
                .header()
                .keyId(kid)
                .and()
                .issuer(TokenVerifier.ISSUER)
                .audience()
                .add(TokenVerifier.AUDIENCE)
                .and()
                .subject(subject)
                .claim("sid", sessionId.value())
                .claim("role", role.name())
                .claim("ver", version)
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(ACCESS_TOKEN_LIFETIME)))
                .signWith(privateKey, Jwts.SIG.RS256)
                .compact();
    }

    @Override
    public Optional<RSAPublicKey> byId(String keyId) {
        return kid.equals(keyId) ? Optional.of(publicKey) : Optional.empty();
    }

    String kid() {
        return kid;
    }

    RSAPublicKey publicKey() {
        return publicKey;
    }

    /** RFC 7638: the hash of the key's required members in their canonical JSON. */
    private static String thumbprint(RSAPublicKey key) throws GeneralSecurityException {
        String json = "{\"e\":\"%s\",\"kty\":\"RSA\",\"n\":\"%s\"}"
                .formatted(
                        unsigned(key.getPublicExponent().toByteArray()),
                        unsigned(key.getModulus().toByteArray()));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    private static String unsigned(byte[] signed) {
        int from = signed[0] == 0 && signed.length > 1 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(signed, from, signed.length));
    }
}
