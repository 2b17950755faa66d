package dev.kontor.standalone;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * An access token that is renewed by a new sign-in before it expires, because a run of tests may take longer. If that
 * fails, the previous token is used, and its answer shows why.
 */
final class RenewedToken implements Supplier<String> {

    /** A token expires after 15 minutes, and a call takes one at most. */
    static final Duration FRESH = Duration.ofMinutes(10);

    private final Supplier<Optional<String>> signIn;
    private final LongSupplier nanos;
    private String token;
    private long since;

    /** @param token of a sign-in just now */
    RenewedToken(String token, Supplier<Optional<String>> signIn, LongSupplier nanos) {
        this.token = token;
        this.signIn = signIn;
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    @Override
    public synchronized String get() {
        long now = nanos.getAsLong();
        if (now - since >= FRESH.toNanos()) {
            signIn.get().ifPresent(next -> {
                token = next;
                since = now;
            });
        }
        return token;
    }
}
