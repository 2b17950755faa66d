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
 * What was revoked, in memory: sessions, and for each customer the lowest version of a token that counts. Everything is
 * forgotten after {@link #KEPT}, when no token is left that it could hit, and never sooner: there is no bound but time,
 * because to drop one for room would be to let its tokens in again. Safe for use by many threads.
 */
public final class RevocationList implements Revocations {

    /** How long a revocation matters: as long as an access token lives, and 2 minutes more for clocks that differ. */
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

    /** From now on this is revoked. Once more, or an older version of the same customer, changes nothing. */
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
            // What a newer side says in words that this one does not know.
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

    /** Waits until all of this is known here, or the time is over; answers whether it is. */
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
