package dev.kontor.side.identity;

import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.grpc.identity.TokenVerifier;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of one list that verify tokens, each until it expires. */
public final class ValidKeys {

    public static final ValidKeys NONE = new ValidKeys(Map.of());

    private final Map<String, Counting> byId;

    private record Counting(RSAPublicKey key, Instant until) {}

    private ValidKeys(Map<String, Counting> byId) {
        this.byId = Map.copyOf(byId);
    }

    /**
     * The keys of the list that are valid at this moment. @throws IllegalStateException if one of them cannot be read
     */
    public static ValidKeys of(SigningKeyList list, Instant now) {
        Map<String, Counting> counting = new HashMap<>();
        for (SigningKeyList.Key key : list.keys()) {
            Instant until = list.countsUntil(key, TokenVerifier.LIFETIME);
            if (now.isBefore(until)) {
                counting.put(key.kid(), new Counting(publicKey(key), until));
            }
        }
        return new ValidKeys(counting);
    }

    private static RSAPublicKey publicKey(SigningKeyList.Key key) {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key.publicKey())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The signing key %s cannot be read".formatted(key.kid()), e);
        }
    }

    /** The key with this id, if it is valid at this moment. */
    public Optional<RSAPublicKey> find(String kid, Instant now) {
        return Optional.ofNullable(byId.get(kid))
                .filter(counting -> now.isBefore(counting.until()))
                .map(Counting::key);
    }

    public Set<String> ids() {
        return byId.keySet();
    }
}
