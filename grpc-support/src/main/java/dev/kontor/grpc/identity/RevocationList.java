package dev.kontor.grpc.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.Revoked;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The revocations, in memory: of sessions, of signing keys, and for each customer the lowest valid version of a token.
 * A revocation expires after {@link #KEPT}, when all its tokens have expired. Only time bounds the list, because to
 * evict a revocation earlier would make its tokens valid again. Thread-safe.
 */
public final class RevocationList implements Revocations {

    /** The lifetime of an access token, and 2 minutes more for clocks that differ. */
    public static final Duration KEPT = TokenVerifier.LIFETIME.plusMinutes(2);

    private final Cache<String, Boolean> sessions;
    private final Cache<String, Long> lowestVersions;
    private final Cache<String, Boolean> keys;

    private final ReentrantLock changing = new ReentrantLock();
    private final Condition changed = changing.newCondition();

    public RevocationList(Ticker ticker) {
        sessions = keptFor(KEPT, ticker);
        lowestVersions = keptFor(KEPT, ticker);
        keys = keptFor(KEPT, ticker);
    }

    private static <V> Cache<String, V> keptFor(Duration duration, Ticker ticker) {
        return Caffeine.newBuilder().expireAfterWrite(duration).ticker(ticker).build();
    }

    /** Adds a revocation. Idempotent; a lower version of the same customer changes nothing. */
    public void add(Revocation revocation) {
        switch (revocation.getWhatCase()) {
            case SESSION_ID -> sessions.put(revocation.getSessionId(), true);
            case TOKENS ->
                lowestVersions
                        .asMap()
                        .merge(
                                revocation.getTokens().getCustomerId(),
                                revocation.getTokens().getBelowVersion(),
                                Math::max);
            case KID -> keys.put(revocation.getKid(), true);
            // A kind of revocation that a newer side has introduced.
            case WHAT_NOT_SET -> {}
        }
        changing.lock();
        try {
            changed.signalAll();
        } finally {
            changing.unlock();
        }
    }

    @Override
    public boolean revokes(Caller caller) {
        if (sessions.getIfPresent(caller.sessionId()) != null) {
            return true;
        }
        Long lowest = lowestVersions.getIfPresent(caller.customerId());
        return lowest != null && caller.tokenVersion() < lowest;
    }

    /** Waits until this list contains all of the revocations; false if the time is over before. */
    public boolean await(Revoked revoked, Duration atMost) {
        long left = atMost.toNanos();
        changing.lock();
        try {
            while (!knows(revoked)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return knows(revoked);
        } finally {
            changing.unlock();
        }
    }

    private boolean knows(Revoked revoked) {
        return revoked.getRevocationsList().stream().allMatch(this::knows);
    }

    private boolean knows(Revocation revocation) {
        return switch (revocation.getWhatCase()) {
            case SESSION_ID -> sessions.getIfPresent(revocation.getSessionId()) != null;
            case TOKENS -> {
                Long lowest = lowestVersions.getIfPresent(revocation.getTokens().getCustomerId());
                yield lowest != null && lowest >= revocation.getTokens().getBelowVersion();
            }
            case KID -> keys.getIfPresent(revocation.getKid()) != null;
            case WHAT_NOT_SET -> true;
        };
    }
}
