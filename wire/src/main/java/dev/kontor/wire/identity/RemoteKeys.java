package dev.kontor.wire.identity;

import dev.kontor.proto.identity.ListKeysRequest;
import dev.kontor.proto.identity.RevocationFeedGrpc;
import dev.kontor.proto.identity.RevocationFeedGrpc.RevocationFeedBlockingStub;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Authority's public keys, fetched over gRPC and kept. They are fetched again when somebody says that they have changed,
 * when a key id is not known, and when they are a minute old; whatever the last fetch did not bring is forgotten.
 *
 * <p>Whoever invents key ids cannot turn them into load: fetches that callers lead to are a second apart. Nor can they
 * keep a true key out: a key is published for some seconds before it signs, and the fetch that they themselves lead to
 * brings it in.
 *
 * <p>While the Authority cannot be reached the keys that are known go on to count, but not for longer than a token
 * lives: until then nobody can tell that one was revoked.
 */
public final class RemoteKeys implements VerificationKeys {

    private static final Logger log = LoggerFactory.getLogger(RemoteKeys.class);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(1);
    private static final Duration FETCH_DEADLINE = Duration.ofSeconds(2);
    private static final Duration OLD_AFTER = Duration.ofSeconds(60);
    private static final Duration USELESS_AFTER = TokenVerifier.LIFETIME;

    private final Supplier<SigningKeys> published;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Fetched fetched = new Fetched(Map.of(), Instant.MIN, Instant.MIN);
    private volatile Instant lastTry = Instant.MIN;
    /** How the last fetch failed; null where it did not. */
    private volatile StatusRuntimeException lastFailure;

    /**
     * @param at when the Authority was asked, so that what changed while it answered is not taken for known
     * @param oldFrom when it should be asked again
     */
    private record Fetched(Map<String, RSAPublicKey> keys, Instant at, Instant oldFrom) {}

    /**
     * @param published fetches the keys that count, within a bounded time; throws a {@link StatusRuntimeException} where
     *     they cannot be had
     */
    public RemoteKeys(Supplier<SigningKeys> published, Clock clock) {
        this.published = published;
        this.clock = clock;
    }

    /** The keys as a side knows them that reads the log. */
    static RemoteKeys ofSide(Channel side, Clock clock) {
        RevocationFeedBlockingStub feed = RevocationFeedGrpc.newBlockingStub(side);
        return new RemoteKeys(
                () -> feed.withDeadlineAfter(FETCH_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                        .listKeys(ListKeysRequest.getDefaultInstance()),
                clock);
    }

    /** @throws StatusRuntimeException where it is not known, and the Authority cannot be asked */
    @Override
    public Optional<RSAPublicKey> byId(String keyId) {
        Optional<RSAPublicKey> known = ifKnown(keyId);
        if (known.isPresent()) {
            return known;
        }
        fetchUnlessJustTried();
        return Optional.ofNullable(fetched.keys().get(keyId));
    }

    /**
     * As {@link #byId}, but asks nobody about a key that is not known here.
     *
     * @throws StatusRuntimeException where it is known from too long ago to count, and the Authority cannot be asked
     */
    Optional<RSAPublicKey> ifKnown(String keyId) {
        Fetched current = fetched;
        if (!current.keys().containsKey(keyId)) {
            return Optional.empty();
        }
        if (!clock.instant().isBefore(current.oldFrom())) {
            renew(current);
        }
        return Optional.ofNullable(fetched.keys().get(keyId));
    }

    /**
     * The keys have changed: fetches them now. Where that fails, what is known counts as old, and is asked for again with
     * its next use. Never throws.
     *
     * @return whether they were fetched
     */
    public boolean refetch() {
        fetching.lock();
        try {
            fetched = new Fetched(fetched.keys(), fetched.at(), Instant.MIN);
            fetch();
            return true;
        } catch (StatusRuntimeException e) {
            log.debug("the changed keys are asked for again later");
            return false;
        } finally {
            fetching.unlock();
        }
    }

    /** One caller asks; for the others the old keys do meanwhile, unless they are useless. */
    private void renew(Fetched old) {
        boolean isUseless = !clock.instant().isBefore(old.at().plus(USELESS_AFTER));
        if (isUseless) {
            fetchUnlessJustTried();
        } else if (fetching.tryLock()) {
            try {
                fetchUnlessJustTried();
            } catch (StatusRuntimeException e) {
                log.debug("old keys are used until the Authority answers");
            } finally {
                fetching.unlock();
            }
        }
    }

    private void fetchUnlessJustTried() {
        fetching.lock();
        try {
            if (!clock.instant().isBefore(lastTry.plus(BETWEEN_FETCHES))) {
                fetch();
            } else if (lastFailure != null) {
                throw lastFailure;
            }
        } finally {
            fetching.unlock();
        }
    }

    private void fetch() {
        Instant asked = clock.instant();
        try {
            Map<String, RSAPublicKey> keys = new HashMap<>();
            for (SigningKey key : published.get().getKeysList()) {
                keys.put(key.getKid(), read(key));
            }
            fetched = new Fetched(Map.copyOf(keys), asked, asked.plus(OLD_AFTER));
            lastFailure = null;
            lastTry = clock.instant();
        } catch (StatusRuntimeException e) {
            log.warn("the Authority's keys cannot be fetched: {}", e.getStatus().getCode());
            // A caller who gave up says nothing about the Authority.
            if (!Context.current().isCancelled()) {
                lastFailure = e;
                lastTry = clock.instant();
            }
            throw e;
        }
    }

    private static RSAPublicKey read(SigningKey key) {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(key.getPublicKey().toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Authority published a key that cannot be read: " + key.getKid(), e);
        }
    }
}
