package dev.kontor.wire.identity;

import dev.kontor.proto.identity.IdentityCommandsGrpc.IdentityCommandsBlockingStub;
import dev.kontor.proto.identity.ListSigningKeysRequest;
import dev.kontor.proto.identity.SigningKey;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Authority's public keys, fetched over gRPC and kept. An id that is not known leads to one fetch at most every
 * second, so that forged ids cannot be turned into load on the Authority.
 */
public final class RemoteKeys implements VerificationKeys {

    private static final Logger log = LoggerFactory.getLogger(RemoteKeys.class);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(1);
    private static final Duration FETCH_DEADLINE = Duration.ofSeconds(2);

    private final IdentityCommandsBlockingStub authority;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Map<String, RSAPublicKey> keys = Map.of();
    private volatile Instant lastFetch = Instant.MIN;
    /** How the last fetch failed; null where it did not. */
    private volatile StatusRuntimeException lastFailure;

    public RemoteKeys(IdentityCommandsBlockingStub authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    @Override
    public Optional<RSAPublicKey> byId(String keyId) {
        RSAPublicKey known = keys.get(keyId);
        if (known == null) {
            fetchUnlessJustDone();
            known = keys.get(keyId);
        }
        return Optional.ofNullable(known);
    }

    private void fetchUnlessJustDone() {
        fetching.lock();
        try {
            if (!clock.instant().isBefore(lastFetch.plus(BETWEEN_FETCHES))) {
                fetch();
            } else if (lastFailure != null) {
                throw lastFailure;
            }
        } finally {
            fetching.unlock();
        }
    }

    private void fetch() {
        try {
            Map<String, RSAPublicKey> fetched = new HashMap<>();
            for (SigningKey key : authority
                    .withDeadlineAfter(FETCH_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                    .listSigningKeys(ListSigningKeysRequest.getDefaultInstance())
                    .getKeysList()) {
                fetched.put(key.getKid(), read(key));
            }
            keys = Map.copyOf(fetched);
            lastFailure = null;
            lastFetch = clock.instant();
        } catch (StatusRuntimeException e) {
            log.warn("the Authority's keys cannot be fetched: {}", e.getStatus().getCode());
            // A caller who gave up says nothing about the Authority.
            if (!Context.current().isCancelled()) {
                lastFailure = e;
                lastFetch = clock.instant();
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
