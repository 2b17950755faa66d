package dev.kontor.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Everything that one unit of work writes: events, saga, token and column rows. It goes to the committer as one request,
 * so all of it is in the book or none.
 *
 * <p>It is kept with the root unit of work and submitted in its commit phase, because Axon asks for the token's write
 * before those of the batch itself. Used by one thread until it is submitted.
 */
final class PendingWrites {

    private static final String RESOURCE = PendingWrites.class.getName();

    /** An event with its bytes, encoded on the thread that appends it. */
    record Append(EventMessage<?> event, String aggregateId, long sequence, byte[] encoded) {
        boolean isOfAggregate() {
            return aggregateId != null;
        }
    }

    /** @param value null deletes */
    record Row(RowKey key, byte[] value) {}

    record RowKey(String column, String key) {}

    private final List<Append> appends = new ArrayList<>();
    private final Map<RowKey, Row> rows = new HashMap<>();
    private final List<Runnable> afterwards = new ArrayList<>();
    private final CompletableFuture<Void> durable = new CompletableFuture<>();
    private boolean submitted;

    /**
     * Adds to what the current unit of work writes. Outside of one, or where its writes are on their way already, it is
     * written by itself and durable on return.
     */
    static void write(Committer committer, Consumer<PendingWrites> addition) {
        PendingWrites joined = CurrentUnitOfWork.isStarted()
                ? of(CurrentUnitOfWork.get().root(), committer)
                : null;
        if (joined != null) {
            addition.accept(joined);
        } else {
            PendingWrites alone = new PendingWrites();
            addition.accept(alone);
            committer.commit(alone);
        }
    }

    private static PendingWrites of(UnitOfWork<?> root, Committer committer) {
        PendingWrites present = root.getResource(RESOURCE + committer.id());
        if (present != null) {
            return present.submitted ? null : present;
        }
        if (!root.phase().isBefore(UnitOfWork.Phase.COMMIT)) {
            return null;
        }
        PendingWrites fresh = new PendingWrites();
        root.resources().put(RESOURCE + committer.id(), fresh);
        root.onCommit(unitOfWork -> committer.commit(fresh));
        return fresh;
    }

    /** What the current unit of work has written to a row and not submitted yet: empty where it has not touched it. */
    static Optional<Row> peek(Committer committer, RowKey key) {
        return current(committer).map(pending -> pending.rows.get(key));
    }

    /** Every row of a column that the current unit of work has written and not submitted yet. */
    static List<Row> peekAll(Committer committer, String column) {
        return current(committer)
                .map(pending -> pending.rows.values().stream()
                        .filter(row -> row.key().column().equals(column))
                        .toList())
                .orElse(List.of());
    }

    private static Optional<PendingWrites> current(Committer committer) {
        if (!CurrentUnitOfWork.isStarted()) {
            return Optional.empty();
        }
        PendingWrites pending = CurrentUnitOfWork.get().root().getResource(RESOURCE + committer.id());
        return pending == null || pending.submitted ? Optional.empty() : Optional.of(pending);
    }

    void append(Append append) {
        appends.add(append);
    }

    void row(String column, String key, byte[] value) {
        RowKey rowKey = new RowKey(column, key);
        rows.put(rowKey, new Row(rowKey, value));
    }

    /** Runs on the committer once it is durable and before anybody is told: for what is kept in memory. Must not fail. */
    void afterwards(Runnable action) {
        afterwards.add(action);
    }

    void markSubmitted() {
        submitted = true;
    }

    boolean isEmpty() {
        return appends.isEmpty() && rows.isEmpty();
    }

    List<Append> appends() {
        return appends;
    }

    Iterable<Row> rows() {
        return rows.values();
    }

    List<Runnable> afterwards() {
        return afterwards;
    }

    CompletableFuture<Void> durable() {
        return durable;
    }
}
