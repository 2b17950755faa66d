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
 * The public keys that count, as the sides list them. A fetch asks one side, and the other where the first does not answer.
 * What the last fetch did not bring is forgotten, so this holds what a side lists and nothing that a caller names.
 *
 * <p>A key id that is not known waits for a fetch that begins after it was asked for, so a new key is found by the first
 * token that it signed. A known one waits for nothing; where the keys are older than {@link #OLD_AFTER} they are fetched
 * anew meanwhile. Old keys go on to count here, because every call goes on to a side, which knows what is revoked.
 */
public final class RemoteKeys implements VerificationKeys, AutoCloseable {

    static final Duration OLD_AFTER = Duration.ofMinutes(2);
    /** How old the published keys may be while no side answers: caches may keep an answer as long. */
    static final Duration PUBLISHED_FOR = Duration.ofMinutes(1);

    private static final Duration UNTIL_A_SIDE_ANSWERS = Duration.ofSeconds(2);

    private final List<Supplier<SigningKeys>> sides;
    private final Duration longestWait;
    private final Ticker ticker;
    private final RateLimitedFetch<Keys> fetch;

    private record Keys(SigningKeys published, Map<String, RSAPublicKey> byId) {}

    /**
     * @param sides a channel to each side, the one to ask first at the beginning
     * @param longestWait of a caller without a deadline for a key that is not known
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

    /** Fetches the first keys, again and again until a side answers. */
    public void start() {
        fetch.soon();
    }

    /** Whether a side has answered at some time. Once true it stays true. */
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
     * @throws RefusedException with {@link Problem#UNAVAILABLE} where there are none as new as that
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
