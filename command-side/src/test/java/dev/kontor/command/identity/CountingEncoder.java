package dev.kontor.command.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.security.crypto.password.PasswordEncoder;

/** A fast hash that counts its calls. */
final class CountingEncoder implements PasswordEncoder {

    private final AtomicInteger costs = new AtomicInteger();
    private volatile int strength = 1;

    /** From now on, earlier hashes are outdated. */
    void strengthen() {
        strength++;
    }

    /** Hashes and comparisons since the last call. */
    int costs() {
        return costs.getAndSet(0);
    }

    @Override
    public String encode(CharSequence password) {
        costs.incrementAndGet();
        return strength + ":" + digest(password);
    }

    @Override
    public boolean matches(CharSequence password, String hash) {
        costs.incrementAndGet();
        return hash.endsWith(":" + digest(password));
    }

    @Override
    public boolean upgradeEncoding(String hash) {
        return Integer.parseInt(hash.substring(0, hash.indexOf(':'))) < strength;
    }

    private static String digest(CharSequence password) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256")
                            .digest(password.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
