package dev.kontor.grpc.identity;

import dev.kontor.grpc.platform.StartException;
import io.grpc.Metadata;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Authenticates a gateway to a side in each call; derived from a secret that all processes share. Like the caller's
 * token, it is readable for an attacker on the network unless TLS is on.
 */
public final class GatewayProof {

    /** The setting with the secret: 32 bytes, as Base64. */
    public static final String SETTING = "KONTOR_GATEWAY_KEY";

    static final Metadata.Key<String> METADATA =
            Metadata.Key.of("kontor-gateway-proof", Metadata.ASCII_STRING_MARSHALLER);

    private final String shown;

    private GatewayProof(String shown) {
        this.shown = shown;
    }

    /**
     * @param secret the value of {@link #SETTING}
     * @throws StartException if the secret is malformed or easy to guess
     */
    public static GatewayProof of(String secret) {
        byte[] key = SecretKey.decode(secret.strip(), SETTING);
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update("kontor gateway".getBytes(StandardCharsets.US_ASCII));
            return new GatewayProof(Base64.getEncoder().withoutPadding().encodeToString(sha.digest(key)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    void showIn(Metadata headers) {
        headers.put(METADATA, shown);
    }

    boolean isIn(Metadata headers) {
        String given = headers.get(METADATA);
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "GatewayProof";
    }
}
