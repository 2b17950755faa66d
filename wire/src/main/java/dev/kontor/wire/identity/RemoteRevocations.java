package dev.kontor.wire.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.RevocationBatch;
import dev.kontor.proto.identity.RevocationFeedGrpc.RevocationFeedStub;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.WatchRevocationsRequest;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is revoked, as the feed of the side that reads the log tells. A stream that breaks is opened again where it broke
 * off. Before the feed has been complete once, and whenever it has been silent for more than {@link #SILENT}, nobody
 * here can tell and every question is refused with {@code UNAVAILABLE}. Safe for use by many threads.
 */
public final class RemoteRevocations implements Revocations, AutoCloseable {

    static final Duration SILENT = Duration.ofSeconds(5);

    private static final int LONGEST_REASON = 200;

    private static final Logger log = LoggerFactory.getLogger(RemoteRevocations.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final RevocationFeedStub feed;
    private final BooleanSupplier refetchKeys;
    private final Ticker ticker;
    private final RevocationList list;
    private final ScheduledExecutorService opening = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("revocation-feed").factory());

    private volatile boolean complete;
    private volatile long lastHeard;
    /** The rest is guarded by this. */
    private long position;

    private Stream current;
    private Duration pause = SHORTEST_PAUSE;
    private boolean told;

    /**
     * @param refetchKeys fetches the signing keys anew and answers whether it could; called whenever they may have changed,
     *     on the thread of the stream. Where it could not, the stream is opened again and what it brought counts as not heard
     */
    public RemoteRevocations(RevocationFeedStub feed, BooleanSupplier refetchKeys, Ticker ticker) {
        this(feed, refetchKeys, new RevocationList(ticker), ticker);
    }

    /** @param list where what the feed tells is noted; others may note theirs there too */
    RemoteRevocations(RevocationFeedStub feed, BooleanSupplier refetchKeys, RevocationList list, Ticker ticker) {
        this.feed = feed;
        this.refetchKeys = refetchKeys;
        this.list = list;
        this.ticker = ticker;
    }

    /** Follows the feed from now on. To be called once. */
    public void start() {
        opening.execute(this::open);
        opening.scheduleWithFixedDelay(
                this::endIfSilent, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether everything was known here at some time. Once true it stays true. */
    public boolean hasBeenComplete() {
        return complete;
    }

    /** Whether everything is known here that was revoked up to {@link #SILENT} ago. */
    boolean isFresh() {
        return complete && ticker.read() - lastHeard <= SILENT.toNanos();
    }

    @Override
    public boolean revokes(Caller caller) {
        if (!isFresh()) {
            throw new Refused(Problem.UNAVAILABLE, "Tokens cannot be verified at the moment");
        }
        return list.revokes(caller);
    }

    @Override
    public boolean await(Revoked revoked, Duration atMost) {
        return list.await(revoked, atMost);
    }

    @Override
    public void close() {
        opening.shutdownNow();
        Stream last;
        synchronized (this) {
            last = current;
            current = null;
        }
        if (last != null) {
            last.cancel("closed");
        }
    }

    private void open() {
        Stream stream = new Stream();
        WatchRevocationsRequest request;
        synchronized (this) {
            if (opening.isShutdown()) {
                return;
            }
            current = stream;
            request = WatchRevocationsRequest.newBuilder()
                    .setAfterPosition(position)
                    .build();
        }
        if (feed.getChannel() instanceof ManagedChannel channel) {
            // By itself a channel would wait for up to two minutes between attempts.
            channel.resetConnectBackoff();
        }
        // Of nobody's call: the stream must outlive whatever led to it.
        Context.ROOT.run(() -> feed.watch(request, stream));
    }

    private void endIfSilent() {
        Stream stream;
        synchronized (this) {
            stream = current;
        }
        if (stream != null && ticker.read() - stream.lastHeard > SILENT.toNanos()) {
            stream.cancel("silent for too long");
        }
    }

    /** In one line: gRPC puts stack traces into descriptions. */
    private static String toldOf(Status status) {
        String why = String.valueOf(status.getDescription()).lines().findFirst().orElse("");
        return status.getCode() + ": " + why.substring(0, Math.min(why.length(), LONGEST_REASON));
    }

    private synchronized void openAgain(Stream broken, Throwable cause) {
        if (current != broken) {
            return;
        }
        current = null;
        log.debug(
                "the feed of revocations broke off: {}",
                Status.fromThrowable(cause).getCode());
        if (pause.equals(LONGEST_PAUSE) && !told) {
            told = true;
            log.warn("what is revoked cannot be followed: {}", toldOf(Status.fromThrowable(cause)));
        }
        long millis = ThreadLocalRandom.current().nextLong(pause.toMillis() / 2, pause.toMillis() + 1);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        try {
            opening.schedule(this::open, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            log.debug("the feed of revocations is not opened again: this process ends");
        }
    }

    private synchronized boolean isCurrent(Stream stream) {
        return current == stream;
    }

    private synchronized void heard(RevocationBatch batch, long at) {
        position = batch.getPosition();
        if (batch.getComplete()) {
            lastHeard = at;
            complete = true;
            pause = SHORTEST_PAUSE;
            if (told) {
                told = false;
                log.info("what is revoked is followed again");
            }
        }
    }

    /** One opening of the feed. Batches come one after the other. */
    private final class Stream implements ClientResponseObserver<WatchRevocationsRequest, RevocationBatch> {

        private volatile ClientCallStreamObserver<WatchRevocationsRequest> call;
        private volatile long lastHeard = ticker.read();
        private boolean complete;

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchRevocationsRequest> starting) {
            call = starting;
        }

        @Override
        public void onNext(RevocationBatch batch) {
            if (!isCurrent(this)) {
                call.cancel("nobody listens any more", null);
                return;
            }
            long at = ticker.read();
            lastHeard = at;
            batch.getRevocationsList().stream()
                    .filter(revocation -> !revocation.hasKid())
                    .forEach(list::add);
            // A key may have been revoked before all that the feed remembers, while nobody here listened.
            boolean firstComplete = batch.getComplete() && !complete;
            if (firstComplete || batch.getKeysChanged() || named(batch)) {
                if (!refetchKeys.getAsBoolean()) {
                    cancel("the signing keys cannot be fetched");
                    return;
                }
                batch.getRevocationsList().stream().filter(Revocation::hasKid).forEach(list::add);
            }
            complete |= batch.getComplete();
            heard(batch, at);
        }

        private static boolean named(RevocationBatch batch) {
            return batch.getRevocationsList().stream().anyMatch(Revocation::hasKid);
        }

        @Override
        public void onError(Throwable failure) {
            openAgain(this, failure);
        }

        @Override
        public void onCompleted() {
            openAgain(this, Status.UNAVAILABLE.asRuntimeException());
        }

        void cancel(String why) {
            if (call != null) {
                call.cancel(why, null);
            }
            // At once: what is on its way already must not count.
            openAgain(this, Status.CANCELLED.withDescription(why).asRuntimeException());
        }
    }
}
