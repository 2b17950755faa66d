package dev.kontor.gateway.identity;

import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** A JSON Web Key Set. */
record Jwks(List<Key> keys) {

    /** An RSA public key; {@code n} and {@code e} are base64url of big-endian bytes without a sign byte. */
    record Key(String kty, String use, String alg, String kid, String n, String e) {}

    static Jwks of(SigningKeys keys) {
        return new Jwks(keys.getKeysList().stream().map(Jwks::key).toList());
    }

    private static Key key(SigningKey key) {
        try {
            RSAPublicKey rsa = (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(key.getPublicKey().toByteArray()));
            return new Key(
                    "RSA",
                    "sig",
                    key.getAlgorithm(),
                    key.getKid(),
                    base64Url(rsa.getModulus()),
                    base64Url(rsa.getPublicExponent()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Authority published a key that cannot be read: " + key.getKid(), e);
        }
    }

    private static String base64Url(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(bytes, sign, bytes.length));
    }
}
