package dev.kontor.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Everything that one unit of work writes: events, saga, token and column rows. It is committed atomically.
 *
 * <p>It is kept in the root unit of work and submitted in its commit phase, because Axon writes the token before the
 * batch's own rows. A nested unit of work that is rolled back removes its writes while the root may continue. For one
 * thread until it is submitted.
 */
final class UnitOfWorkWrites {

    private static final String RESOURCE = UnitOfWorkWrites.class.getName();
    /** An estimate for the keys and objects of an event or a row. */
    private static final int OVERHEAD_BYTES = 200;

    /**
     * An event with its bytes, encoded on the thread that appends it.
     *
     * @param freeAt the position up to which the log is known not to contain its identifier, -1 for unknown
     * @param whenTaken makes the exception for a sequence number or identifier that is already in the log
     */
    record Append(
            EventMessage<?> event,
            String aggregateId,
            long sequence,
            byte[] encoded,
            long freeAt,
            UnaryOperator<RuntimeException> whenTaken) {
        boolean isOfAggregate() {
            return aggregateId != null;
        }
    }

    /**
     * @param value null deletes
     * @param object the decoded value, so that readers need not decode the bytes
     */
    record Row(String column, String key, byte[] value, Object object) {}

    private final List<Append> appends = new ArrayList<>();
    private final Map<String, Map<String, Row>> rows = new HashMap<>();
    private final List<Runnable> afterwards = new ArrayList<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final CompletableFuture<Void> durable = new CompletableFuture<>();
    private boolean submitted;
    private long bytes;

    /**
     * Adds to the writes of the current unit of work. Without one, or after its writes were submitted, commits at once:
     * the addition is durable on return.
     */
    static void write(GroupCommitter committer, Consumer<UnitOfWorkWrites> addition) {
        UnitOfWorkWrites joined = CurrentUnitOfWork.isStarted() ? of(CurrentUnitOfWork.get(), committer) : null;
        if (joined != null) {
            addition.accept(joined);
        } else {
            UnitOfWorkWrites alone = new UnitOfWorkWrites();
            addition.accept(alone);
            committer.commit(alone);
        }
    }

    private static UnitOfWorkWrites of(UnitOfWork<?> current, GroupCommitter committer) {
        UnitOfWork<?> root = current.root();
        // Writes after the end of a unit of work are not part of it: they would be lost there.
        if (root.phase().isAfter(UnitOfWork.Phase.COMMIT)) {
            return null;
        }
        String name = RESOURCE + committer.id();
        UnitOfWorkWrites pending = root.getResource(name);
        if (pending == null) {
            if (!root.phase().isBefore(UnitOfWork.Phase.COMMIT)) {
                return null;
            }
            UnitOfWorkWrites fresh = new UnitOfWorkWrites();
            root.resources().put(name, fresh);
            root.onCommit(unitOfWork -> committer.commit(fresh));
            pending = fresh;
        }
        if (pending.submitted) {
            return null;
        }
        if (current != root && current.resources().putIfAbsent(name, "joined") == null) {
            UnitOfWorkWrites joined = pending;
            int before = joined.undo.size();
            current.onRollback(unitOfWork -> joined.goBackTo(before));
        }
        return pending;
    }

    private void goBackTo(int before) {
        while (!submitted && undo.size() > before) {
            undo.removeLast().run();
        }
    }

    /** The current unit of work's last write to a row, not yet submitted; empty if there is none. */
    static Optional<Row> peek(GroupCommitter committer, String column, String key) {
        return current(committer)
                .map(pending -> pending.rows.getOrDefault(column, Map.of()).get(key));
    }

    /** Every row of a column that the current unit of work has written and not yet submitted. */
    static Collection<Row> peekAll(GroupCommitter committer, String column) {
        return current(committer)
                .map(pending -> pending.rows.getOrDefault(column, Map.of()).values())
                .orElse(List.of());
    }

    private static Optional<UnitOfWorkWrites> current(GroupCommitter committer) {
        if (!CurrentUnitOfWork.isStarted()) {
            return Optional.empty();
        }
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        UnitOfWorkWrites pending = root.getResource(RESOURCE + committer.id());
        return pending == null || pending.submitted || root.phase().isAfter(UnitOfWork.Phase.COMMIT)
                ? Optional.empty()
                : Optional.of(pending);
    }

    void append(Append append) {
        appends.add(append);
        undo.add(appends::removeLast);
    }

    void row(String column, String key, byte[] value, Object object) {
        Map<String, Row> ofColumn = rows.computeIfAbsent(column, missing -> new LinkedHashMap<>());
        Row before = ofColumn.put(key, new Row(column, key, value, object));
        undo.add(before == null ? () -> ofColumn.remove(key) : () -> ofColumn.put(key, before));
    }

    /** Runs on the committer's thread when the writes are durable, before a writer is notified. Must not fail. */
    void afterwards(Runnable action) {
        afterwards.add(action);
        undo.add(afterwards::removeLast);
    }

    /** It does not change from now on. */
    void markSubmitted() {
        submitted = true;
        appends.forEach(append -> bytes += OVERHEAD_BYTES + append.encoded().length);
        rows().forEach(row -> bytes += OVERHEAD_BYTES + (row.value() == null ? 0 : row.value().length));
    }

    /** About how much memory it takes once it is submitted. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return appends.isEmpty() && rows.values().stream().allMatch(Map::isEmpty);
    }

    List<Append> appends() {
        return appends;
    }

    List<Row> rows() {
        return rows.values().stream()
                .flatMap(ofColumn -> ofColumn.values().stream())
                .toList();
    }

    List<Runnable> afterwards() {
        return afterwards;
    }

    CompletableFuture<Void> durable() {
        return durable;
    }
}
