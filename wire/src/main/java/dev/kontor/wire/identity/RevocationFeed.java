package dev.kontor.wire.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.kontor.proto.identity.ListKeysRequest;
import dev.kontor.proto.identity.RevocationBatch;
import dev.kontor.proto.identity.RevocationFeedGrpc.RevocationFeedImplBase;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.proto.identity.WatchRevocationsRequest;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.RefusalCodec;
import dev.kontor.wire.operations.Refused;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Tells followers what is revoked. Whoever reads the log tells this feed; it keeps what still matters, by position, and
 * each follower has its place in it. So nothing waits anywhere for a slow follower, and nothing can fall between what a
 * follower is told first and what comes later.
 *
 * <p>A follower counts as up to date only by batches marked {@code complete}. They are sent once all that the log held
 * when it asked has been told, and then every second for as long as {@link #knows} is called: while whoever reads the log
 * is stuck, they stop. Safe for use by many threads.
 */
public final class RevocationFeed extends RevocationFeedImplBase implements AutoCloseable {

    /** Less than the second that is promised, because {@link #knows} comes in steps. */
    static final Duration BETWEEN_BEATS = Duration.ofMillis(800);

    /** A follower that was up to date once and is this many batches behind is sent away: it comes again. */
    static final int MOST_WAITING = 10_000;

    private static final int MOST_IN_ONE_BATCH = 500;
    private static final long BEGINNING = -1;

    private final Supplier<SigningKeys> keys;
    private final Ticker ticker;
    private final TreeMap<Long, Told> told = new TreeMap<>();
    private final Set<Follower> followers = new HashSet<>();
    private long lastPosition = BEGINNING;
    private long knownAsOf;
    private boolean everKnew;
    private boolean closed;

    private record Told(long at, RevocationBatch batch) {}

    /** @param keys the keys by which tokens may be verified at the moment, as this process knows them */
    public RevocationFeed(Supplier<SigningKeys> keys, Ticker ticker) {
        this.keys = keys;
        this.ticker = ticker;
    }

    /** Tells all followers. The batch has its position; positions only grow, and one that comes again changes nothing. */
    public synchronized void tell(RevocationBatch batch) {
        forgetWhatIsOver();
        told.put(batch.getPosition(), new Told(ticker.read(), batch));
        lastPosition = Math.max(lastPosition, batch.getPosition());
        List.copyOf(followers).forEach(Follower::sendWhatWaits);
    }

    /**
     * Says that everything has been told that was in the log at a moment. To be called several times a second.
     *
     * @param asOf in nanoseconds of this feed's ticker
     */
    public synchronized void knows(long asOf) {
        forgetWhatIsOver();
        knownAsOf = asOf;
        everKnew = true;
        List.copyOf(followers).forEach(follower -> follower.beat(asOf));
    }

    @Override
    public void watch(WatchRevocationsRequest request, StreamObserver<RevocationBatch> answer) {
        Follower follower = new Follower((ServerCallStreamObserver<RevocationBatch>) answer);
        synchronized (this) {
            if (closed) {
                throw new Refused(Problem.UNAVAILABLE, Problem.UNAVAILABLE.title());
            }
            follower.startAfter(request.getAfterPosition());
            followers.add(follower);
            follower.sendWhatWaits();
        }
    }

    /** Refuses while whoever reads the log is stuck: a key that was revoked since would still be among them. */
    @Override
    public void listKeys(ListKeysRequest request, StreamObserver<SigningKeys> answer) {
        if (!knowsOfLate()) {
            throw new Refused(Problem.UNAVAILABLE, "The signing keys are not known at the moment");
        }
        answer.onNext(keys.get());
        answer.onCompleted();
    }

    private synchronized boolean knowsOfLate() {
        return everKnew && isOfLate(knownAsOf);
    }

    private boolean isOfLate(long moment) {
        return ticker.read() - moment <= RemoteRevocations.SILENT.toNanos();
    }

    synchronized int followers() {
        return followers.size();
    }

    /** Ends all streams, and takes no more. */
    @Override
    public synchronized void close() {
        closed = true;
        followers.forEach(follower -> follower.stream.onCompleted());
        followers.clear();
    }

    private void forgetWhatIsOver() {
        long now = ticker.read();
        while (!told.isEmpty() && now - told.firstEntry().getValue().at() > RevocationList.KEPT.toNanos()) {
            told.pollFirstEntry();
        }
    }

    /** One stream. All of it runs under the feed's lock; sending does not wait. */
    private final class Follower {

        private final ServerCallStreamObserver<RevocationBatch> stream;
        private final long askedAt = ticker.read();
        private long position;
        private boolean complete;
        private long lastBeat;

        Follower(ServerCallStreamObserver<RevocationBatch> stream) {
            this.stream = stream;
            stream.setOnReadyHandler(() -> {
                synchronized (RevocationFeed.this) {
                    sendWhatWaits();
                }
            });
            stream.setOnCancelHandler(() -> {
                synchronized (RevocationFeed.this) {
                    followers.remove(this);
                }
            });
        }

        /** A position that was never told is of a log that this process has not read as far yet, or of another one. */
        void startAfter(long asked) {
            position = asked == 0 || asked > lastPosition ? BEGINNING : asked;
        }

        void sendWhatWaits() {
            while (followers.contains(this) && stream.isReady() && told.higherKey(position) != null) {
                RevocationBatch next = nextBatch();
                // Before it is sent: what it leads to may come back here.
                position = next.getPosition();
                stream.onNext(next);
            }
        }

        private RevocationBatch nextBatch() {
            RevocationBatch.Builder next = RevocationBatch.newBuilder();
            told.tailMap(position, false).values().stream()
                    .limit(MOST_IN_ONE_BATCH)
                    .forEach(waiting -> next.mergeFrom(waiting.batch()));
            return next.build();
        }

        void beat(long asOf) {
            if (!stream.isReady() || told.higherKey(position) != null) {
                sendAwayIfTooSlow();
                return;
            }
            boolean isDue = !complete || ticker.read() - lastBeat >= BETWEEN_BEATS.toNanos();
            // Who has caught up with what the log held long ago is still behind it.
            if (isDue && asOf - askedAt >= 0 && isOfLate(asOf)) {
                complete = true;
                lastBeat = ticker.read();
                stream.onNext(RevocationBatch.newBuilder()
                        .setPosition(Math.max(lastPosition, 0))
                        .setComplete(true)
                        .build());
            }
        }

        private void sendAwayIfTooSlow() {
            if (complete
                    && told.tailMap(position, false).values().stream()
                            .skip(MOST_WAITING)
                            .findAny()
                            .isPresent()) {
                followers.remove(this);
                stream.onError(RefusalCodec.toStatus(new Refused(Problem.OVERLOADED, "The follower is too slow")));
            }
        }
    }
}
