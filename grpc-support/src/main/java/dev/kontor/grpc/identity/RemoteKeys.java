package dev.kontor.grpc.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.kontor.grpc.identity.RateLimitedFetch.Fetched;
import dev.kontor.grpc.identity.RateLimitedFetch.Later;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.ListKeysRequest;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.proto.identity.TokenVerificationGrpc;
import dev.kontor.proto.identity.TokenVerificationGrpc.TokenVerificationBlockingStub;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Deadline;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The valid public keys, as the sides list them. A fetch asks one side, and the other if the first does not answer.
 * Each fetch replaces all keys, so memory is bounded by what a side lists, not by the key ids in tokens.
 *
 * <p>An unknown key id waits for a fetch that begins after the request for it, so the first token of a new key finds
 * that key. A known one does not wait; if the keys are older than {@link #OLD_AFTER}, they are fetched in the
 * background. Old keys stay valid here, because every call reaches a side, which checks revocations.
 */
public final class RemoteKeys implements VerificationKeys, AutoCloseable {

    static final Duration OLD_AFTER = Duration.ofMinutes(2);
    /** How old the published keys may be while no side answers; caches may keep an answer as long. */
    static final Duration PUBLISHED_FOR = Duration.ofMinutes(1);

    private static final Duration UNTIL_A_SIDE_ANSWERS = Duration.ofSeconds(2);

    private final List<Supplier<SigningKeys>> sides;
    private final Duration longestWait;
    private final Ticker ticker;
    private final RateLimitedFetch<Keys> fetch;

    private record Keys(SigningKeys published, Map<String, RSAPublicKey> byId) {}

    /**
     * @param sides a channel to each side, in the order in which they are asked
     * @param longestWait for an unknown key, of a caller without a deadline
     */
    public static RemoteKeys ofSides(List<? extends Channel> sides, Duration longestWait) {
        List<Supplier<SigningKeys>> lists = sides.stream()
                .map(TokenVerificationGrpc::newBlockingStub)
                .<Supplier<SigningKeys>>map(side -> () -> listOf(side))
                .toList();
        return new RemoteKeys(lists, longestWait, Ticker.systemTicker(), onOneThread());
    }

    /** @param sides each lists the keys within a bounded time, or throws */
    RemoteKeys(List<Supplier<SigningKeys>> sides, Duration longestWait, Ticker ticker, Later later) {
        this.sides = List.copyOf(sides);
        this.longestWait = longestWait;
        this.ticker = ticker;
        this.fetch = new RateLimitedFetch<>("the signing keys", this::ask, ticker, later);
    }

    private static SigningKeys listOf(TokenVerificationBlockingStub side) {
        return side.withDeadlineAfter(UNTIL_A_SIDE_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)
                .listKeys(ListKeysRequest.getDefaultInstance());
    }

    private static Later onOneThread() {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("signing-keys").factory());
        return new Later() {
            @Override
            public void run(Runnable work, Duration pause) {
                thread.schedule(work, pause.toNanos(), TimeUnit.NANOSECONDS);
            }

            @Override
            public void close() {
                thread.shutdownNow();
            }
        };
    }

    /** Fetches the first keys, and repeats that until a side answers. */
    public void start() {
        fetch.soon();
    }

    /** Whether a side has answered since the start. */
    public boolean areKnown() {
        return fetch.last().isPresent();
    }

    @Override
    public Optional<RSAPublicKey> byId(String keyId) {
        Optional<Fetched<Keys>> known =
                fetch.last().filter(last -> last.value().byId().containsKey(keyId));
        if (known.isEmpty()) {
            Keys keys = fetch.since(ticker.read(), brought -> brought.byId().containsKey(keyId), longestWaitNow());
            return Optional.ofNullable(keys.byId().get(keyId));
        }
        if (ageOf(known.get()) > OLD_AFTER.toNanos()) {
            fetch.soon();
        }
        return known.map(last -> last.value().byId().get(keyId));
    }

    /**
     * The keys as a side lists them, at most {@link RateLimitedFetch#BETWEEN} old; while no side answers, at most
     * {@link #PUBLISHED_FOR}.
     *
     * @throws RefusedException with {@link Problem#UNAVAILABLE} if the keys are older
     */
    public SigningKeys published() {
        try {
            return fetch.since(ticker.read() - RateLimitedFetch.BETWEEN.toNanos(), keys -> false, longestWaitNow())
                    .published();
        } catch (RefusedException unavailable) {
            return fetch.last()
                    .filter(last -> ageOf(last) <= PUBLISHED_FOR.toNanos())
                    .map(last -> last.value().published())
                    .orElseThrow(() -> unavailable);
        }
    }

    private long ageOf(Fetched<Keys> keys) {
        return ticker.read() - keys.at();
    }

    private Duration longestWaitNow() {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null
                ? longestWait
                : Duration.ofNanos(Math.min(longestWait.toNanos(), deadline.timeRemaining(TimeUnit.NANOSECONDS)));
    }

    private Keys ask() {
        RuntimeException failure = new IllegalStateException("There is no side to ask");
        for (Supplier<SigningKeys> side : sides) {
            try {
                return read(side.get());
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private static Keys read(SigningKeys published) {
        Map<String, RSAPublicKey> byId = new HashMap<>();
        for (SigningKey key : published.getKeysList()) {
            byId.put(key.getKid(), read(key));
        }
        return new Keys(published, Map.copyOf(byId));
    }

    private static RSAPublicKey read(SigningKey key) {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(key.getPublicKey().toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A side lists a key that cannot be read: " + key.getKid(), e);
        }
    }

    @Override
    public void close() {
        fetch.close();
    }
}
