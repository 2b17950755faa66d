package dev.kontor.query.platform;

import static dev.kontor.query.platform.IndexOpening.NOTHING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.AlreadyClosedException;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Lucene index that is fed from the log like a view. Its position in the log is part of each commit: index and token
 * are one write. What is written can be found at once; it is committed after some thousand events and at the end, so a
 * killed process reads these events again.
 *
 * <p>Everything in it can be read from the log again. An index that is damaged, of another log or of another schema is
 * discarded with a logged reason when it is opened. After a failed write it is opened again from its last commit, and
 * the event processor goes on from there. One thread writes; reads take no lock.
 */
public final class LuceneIndex<B extends IndexBatch> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LuceneIndex.class);

    /** A killed process reads at most so many events again, and one batch. */
    private static final long EVENTS_PER_COMMIT = 10_000;
    /** The position of a token that is null. */
    private static final long BEGINNING = -1;

    private final IndexOpening opening;
    private final Supplier<B> batches;
    private final Opened opened;
    private final TokenStore tokens = new IndexTokenStore(this);

    private volatile IndexFiles files;
    /** Those for which the event processor has fetched the token. */
    private IndexFiles fed;

    /** The end of the last batch that could not be written, until it is. */
    private volatile long failedAt = NOTHING;

    private volatile boolean isDamaged;
    private boolean isClosed;
    private long position = NOTHING;
    private long committed = NOTHING;
    private Writes writes = new Writes(0, 0);

    /** What was written since the start: batches that changed documents, and commits. */
    public record Writes(long batches, long commits) {}

    /** Is notified of the content with which the index was opened. */
    public interface Opened {
        void opened(DirectoryReader reader) throws IOException;
    }

    /** Reads the index of one moment. */
    public interface Reading<T> {
        T read(DirectoryReader reader) throws IOException;
    }

    /** A batch and the token after it. */
    final class Pending {

        private final B batch = batches.get();
        private long reached = NOTHING;

        void reached(TrackingToken token) {
            reached = positionOf(token);
        }
    }

    /**
     * @param schema of documents and their analysis; an index of another one is discarded
     * @param events the log that the index is read from
     * @param settings analysis and similarity
     */
    public LuceneIndex(
            Path folder,
            String schema,
            EventStore events,
            Supplier<IndexWriterConfig> settings,
            Supplier<B> batches,
            Opened opened) {
        this.opening = new IndexOpening(folder, schema, events, settings);
        this.batches = batches;
        this.opened = opened;
    }

    public TokenStore tokens() {
        return tokens;
    }

    public synchronized Writes writes() {
        return writes;
    }

    /**
     * Whether each change has to be tried before it is added to the batch: after a batch that failed, until it is
     * written, and for dead letters. An event that cannot be written then fails in its handler.
     */
    public boolean isOneByOne() {
        return failedAt != NOTHING || CurrentUnitOfWork.get().getResource(DeadLetter.class.getName()) != null;
    }

    /** Commits what was written, so that it is there after a kill. */
    public synchronized void makeDurable() {
        if (files == null || position == NOTHING) {
            return;
        }
        try {
            commit();
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
    }

    /** The changes of the current unit of work, which are written when it commits. */
    public B batch() {
        return pending().batch;
    }

    Pending pending() {
        UnitOfWork<?> work = CurrentUnitOfWork.get().root();
        return work.getOrComputeResource(opening.toString(), name -> {
            Pending pending = new Pending();
            work.onCommit(unit -> apply(pending));
            return pending;
        });
    }

    private void apply(Pending pending) {
        synchronized (this) {
            refuseUnlessFed();
            try {
                if (write(pending.batch)) {
                    files.readers().maybeRefreshBlocking();
                    writes = new Writes(writes.batches() + 1, writes.commits());
                }
                if (pending.reached != NOTHING) {
                    move(pending.reached);
                }
                if (pending.reached >= failedAt) {
                    failedAt = NOTHING;
                }
            } catch (IOException | RuntimeException e) {
                failedAt = Math.max(failedAt, pending.reached);
                throw failed(e);
            }
        }
        pending.batch.written();
    }

    private boolean write(B batch) throws IOException {
        DirectoryReader before = files.readers().acquire();
        try {
            return batch.write(files.writer(), before);
        } finally {
            files.readers().release(before);
        }
    }

    /** The position after events that concern no product. */
    synchronized void reached(TrackingToken token) {
        refuseUnlessFed();
        try {
            move(positionOf(token));
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
    }

    /** Everything up to here was handled, as the processor knows: events that concern no product are not read again. */
    public synchronized void handled(TrackingToken token) {
        if (isFed()) {
            position = Math.max(position, positionOf(token));
        }
    }

    /** Else events since the last commit would be missed: the processor has to fetch the token again. */
    private void refuseUnlessFed() {
        if (!isFed()) {
            throw new UnableToClaimTokenException("The search index is opened again");
        }
    }

    synchronized boolean isFed() {
        return files != null && files == fed && !isDamaged;
    }

    private static long positionOf(TrackingToken token) {
        return token == null ? BEGINNING : token.position().orElse(BEGINNING);
    }

    private void move(long to) throws IOException {
        position = to;
        if (position - committed >= EVENTS_PER_COMMIT) {
            commit();
        }
    }

    private void commit() throws IOException {
        opening.commit(files, position);
        committed = position;
        writes = new Writes(writes.batches(), writes.commits() + 1);
    }

    synchronized void begin(TrackingToken token) {
        open();
        position = positionOf(token);
        try {
            commit();
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
    }

    synchronized boolean hasToken() {
        if (files == null) {
            open();
        }
        return position != NOTHING;
    }

    /**
     * The token to go on from, for the event processor. Null if there is none yet, empty for the beginning of the log.
     */
    synchronized Optional<TrackingToken> token() {
        fed = open();
        if (position == NOTHING) {
            return null;
        }
        return position == BEGINNING ? Optional.empty() : Optional.of(new GlobalSequenceTrackingToken(position));
    }

    public <T> T read(Reading<T> reading) {
        while (true) {
            IndexFiles current = files;
            if (current == null) {
                current = open();
            }
            DirectoryReader reader;
            try {
                reader = current.readers().acquire();
            } catch (AlreadyClosedException openedAgain) {
                refuseIfClosed();
                continue;
            } catch (IOException e) {
                throw damaged(e);
            }
            try {
                return reading.read(reader);
            } catch (IOException e) {
                throw damaged(e);
            } finally {
                release(current, reader);
            }
        }
    }

    private static void release(IndexFiles current, DirectoryReader reader) {
        try {
            current.readers().release(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stored bytes cannot be read: the event processor discards the index, and reads it from the log again. */
    private synchronized UncheckedIOException damaged(IOException cause) {
        if (!isDamaged && !isClosed) {
            log.error("search index: {} is damaged and is read from the log again: {}", opening, cause.toString());
            opening.condemn("it is damaged: " + cause);
            isDamaged = true;
        }
        return new UncheckedIOException("The search index cannot be read", cause);
    }

    /** Closes the index, so that the next call opens it from its last commit. */
    private RuntimeException failed(Exception cause) {
        log.error("search index: {} cannot be written; it is opened again", opening, cause);
        forget(cause);
        return cause instanceof RuntimeException failure
                ? failure
                : new UncheckedIOException("The search index cannot be written", (IOException) cause);
    }

    /** Closes the index without a commit. @param cause takes a further failure */
    private void forget(Exception cause) {
        IndexFiles before = files;
        files = null;
        try {
            before.close();
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private synchronized IndexFiles open() {
        refuseIfClosed();
        if (files != null && isDamaged) {
            forget(new IOException("damaged"));
        }
        if (files == null) {
            boolean hadToken = position != NOTHING;
            try {
                files = opening.open();
                isDamaged = false;
                position = IndexOpening.position(files);
                committed = position;
                DirectoryReader reader = files.readers().acquire();
                try {
                    opened.opened(reader);
                } finally {
                    files.readers().release(reader);
                }
                if (position == NOTHING && hadToken) {
                    position = BEGINNING;
                    commit();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The search index in %s cannot be opened".formatted(opening), e);
            }
        }
        return files;
    }

    private synchronized void refuseIfClosed() {
        if (isClosed) {
            throw new IllegalStateException("The search index is closed");
        }
    }

    /** Commits, and links the files of the commit in a new folder. Does nothing while nothing feeds the index. */
    public synchronized void checkpoint(Path folder) throws IOException {
        if (!isFed() || isClosed || position == NOTHING) {
            return;
        }
        try {
            commit();
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
        files.link(folder);
    }

    /** Deletes content and token. Call only while nothing feeds the index. */
    public synchronized void startOver() {
        refuseIfClosed();
        if (files != null) {
            forget(new IOException("starts over"));
        }
        position = NOTHING;
        opening.condemn("it starts over");
        try {
            opening.discard();
        } catch (IOException e) {
            throw new UncheckedIOException("The search index in %s cannot be deleted".formatted(opening), e);
        }
        open();
    }

    /** Commits what was written. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (files == null) {
            return;
        }
        try {
            if (!isDamaged && position > committed) {
                commit();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The search index in %s cannot be committed".formatted(opening), e);
        } finally {
            forget(new IOException("closed"));
        }
    }
}
