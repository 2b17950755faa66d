package dev.kontor.wire.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.kontor.proto.identity.ListKeysRequest;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.proto.identity.TokenVerificationGrpc;
import dev.kontor.proto.identity.TokenVerificationGrpc.TokenVerificationBlockingStub;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.StatusRuntimeException;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys that count, as the sides list them. One fetch is under way at a time, and two begin at least
 * {@link #BETWEEN_FETCHES} apart; a fetch asks one side, and the other where the first does not answer. What the last
 * fetch did not bring is forgotten, so this holds what a side lists and nothing that a caller names.
 *
 * <p>A key id that is not known waits for a fetch that begins after it was asked for, so a new key is found by the first
 * token that it signed. A known one waits for nothing; where the keys are older than {@link #OLD_AFTER} they are fetched
 * anew meanwhile. Old keys go on to count here, because every call goes on to a side, which knows what is revoked.
 */
public final class RemoteKeys implements VerificationKeys, AutoCloseable {

    static final Duration BETWEEN_FETCHES = Duration.ofSeconds(1);
    static final Duration OLD_AFTER = Duration.ofMinutes(2);
    /** How old the published keys may be while no side answers: caches may keep an answer as long. */
    static final Duration PUBLISHED_FOR = Duration.ofMinutes(1);

    static final int MOST_WAITING = 256;

    private static final Logger log = LoggerFactory.getLogger(RemoteKeys.class);
    /** A side that starts, or is replaced, is away for a moment. */
    private static final int FAILURES_UNTIL_SAID = 5;

    private static final Duration UNTIL_A_SIDE_ANSWERS = Duration.ofSeconds(2);

    private final List<Supplier<SigningKeys>> sides;
    private final Duration longestWait;
    private final Ticker ticker;
    private final Later later;
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final ReentrantLock changing = new ReentrantLock();
    private final Condition ended = changing.newCondition();

    /** Null until a side has answered. */
    private volatile Fetched fetched;

    /** Whether a fetch is due or under way. The rest is guarded by the lock. */
    private volatile boolean due;

    private Long lastBegin;
    /** When the last fetch began that has failed; null where the last one brought keys. */
    private Long failedSince;
    /** How many fetches in a row have failed, and why the last one has. */
    private int failures;

    private volatile String failure = "";

    /** @param at when the side was asked, so that what changed while it answered is not taken for known */
    private record Fetched(SigningKeys published, Map<String, RSAPublicKey> keys, long at) {}

    /** Runs something after a pause, on another thread. */
    interface Later extends AutoCloseable {

        void run(Runnable work, Duration pause);

        @Override
        void close();
    }

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
        this.later = later;
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
        fetchSoon();
    }

    /** Whether a side has answered at some time. Once true it stays true. */
    public boolean areKnown() {
        return fetched != null;
    }

    @Override
    public Optional<RSAPublicKey> byId(String keyId) {
        Fetched current = fetched;
        if (current == null || !current.keys().containsKey(keyId)) {
            return Optional.ofNullable(fetchedSince(ticker.read(), keyId).keys().get(keyId));
        }
        if (!due && ticker.read() - current.at() > OLD_AFTER.toNanos()) {
            fetchSoon();
        }
        return Optional.of(current.keys().get(keyId));
    }

    /**
     * The keys as a side lists them, at most {@link #BETWEEN_FETCHES} old; while no side answers, at most
     * {@link #PUBLISHED_FOR}.
     *
     * @throws Refused with {@link Problem#UNAVAILABLE} where there are none as new as that
     */
    public SigningKeys published() {
        long oldest = ticker.read() - BETWEEN_FETCHES.toNanos();
        try {
            return fetchedSince(oldest, null).published();
        } catch (Refused unavailable) {
            Fetched current = fetched;
            if (current != null && ticker.read() - current.at() <= PUBLISHED_FOR.toNanos()) {
                return current.published();
            }
            throw unavailable;
        }
    }

    /** The keys have changed: waits until they are fetched anew, or it is known that they cannot be. Never throws. */
    public void refetch() {
        try {
            fetchedSince(ticker.read(), null);
        } catch (Refused unavailable) {
            log.debug("the changed keys are fetched later");
        }
    }

    /**
     * Waits for keys that were asked for at this moment or later, or that have this id.
     *
     * @param orWith null where any id will do
     */
    private Fetched fetchedSince(long moment, String orWith) {
        if (isEnough(fetched, moment, orWith)) {
            return fetched;
        }
        if (!places.tryAcquire()) {
            throw unavailable();
        }
        long left = longestWaitNow();
        changing.lock();
        try {
            while (!isEnough(fetched, moment, orWith)) {
                if (left <= 0 || failedSince != null && failedSince - moment >= 0) {
                    throw unavailable();
                }
                fetchSoon();
                left = ended.awaitNanos(left);
            }
            return fetched;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        } finally {
            changing.unlock();
            places.release();
        }
    }

    private static boolean isEnough(Fetched current, long moment, String orWith) {
        return current != null
                && (current.at() - moment >= 0
                        || orWith != null && current.keys().containsKey(orWith));
    }

    private long longestWaitNow() {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null
                ? longestWait.toNanos()
                : Math.min(longestWait.toNanos(), deadline.timeRemaining(TimeUnit.NANOSECONDS));
    }

    private static Refused unavailable() {
        return new Refused(Problem.UNAVAILABLE, "Tokens cannot be verified at the moment");
    }

    private void fetchSoon() {
        changing.lock();
        try {
            if (due) {
                return;
            }
            long pause = lastBegin == null ? 0 : lastBegin + BETWEEN_FETCHES.toNanos() - ticker.read();
            later.run(this::fetch, Duration.ofNanos(Math.max(0, pause)));
            due = true;
        } catch (RejectedExecutionException closed) {
            log.debug("no keys are fetched any more: this process ends");
        } finally {
            changing.unlock();
        }
    }

    private void fetch() {
        long begin = ticker.read();
        changing.lock();
        try {
            lastBegin = begin;
        } finally {
            changing.unlock();
        }
        Optional<Fetched> brought = Optional.empty();
        try {
            brought = ask(begin);
        } finally {
            end(begin, brought);
        }
    }

    /** Empty where no side answers. */
    private Optional<Fetched> ask(long begin) {
        for (Supplier<SigningKeys> side : sides) {
            try {
                return Optional.of(read(side.get(), begin));
            } catch (StatusRuntimeException | IllegalStateException e) {
                failure = inOneLine(e);
            }
        }
        return Optional.empty();
    }

    private void end(long begin, Optional<Fetched> brought) {
        changing.lock();
        try {
            due = false;
            if (brought.isPresent()) {
                if (failures >= FAILURES_UNTIL_SAID) {
                    log.info("the signing keys are fetched again");
                }
                fetched = brought.get();
                failedSince = null;
                failures = 0;
            } else {
                failedSince = begin;
                failures++;
                if (failures == FAILURES_UNTIL_SAID) {
                    log.warn("the signing keys cannot be fetched: {}", failure);
                }
            }
            ended.signalAll();
            if (fetched == null) {
                fetchSoon();
            }
        } finally {
            changing.unlock();
        }
    }

    /** gRPC puts stack traces into descriptions. */
    private static String inOneLine(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static Fetched read(SigningKeys published, long at) {
        Map<String, RSAPublicKey> keys = new HashMap<>();
        for (SigningKey key : published.getKeysList()) {
            keys.put(key.getKid(), read(key));
        }
        return new Fetched(published, Map.copyOf(keys), at);
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
        later.close();
    }
}
