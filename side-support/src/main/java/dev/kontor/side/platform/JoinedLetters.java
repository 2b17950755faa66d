package dev.kontor.side.platform;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Dead letters in the one process that writes them. A write joins the unit of work, with its token. Positions of all
 * letters are also in memory, 8 bytes each, so that the look before each event reads no disk.
 */
public final class JoinedLetters implements LetterStore {

    /** The store of the rows. */
    public interface Rows {

        /** Reads all durable rows. */
        void readAll(BiConsumer<StoredLetter.Key, byte[]> reader);

        /** The durable row, null if there is none. */
        byte[] get(StoredLetter.Key key);

        /** Whether a write to this queue is part of the current unit of work now, and not durable at once. */
        boolean isJoining(String queue);

        /**
         * Writes a row, with the current unit of work or at once.
         *
         * @param row null deletes
         * @param afterwards runs when the write is durable; it is short and does not fail
         */
        void write(StoredLetter.Key key, byte[] row, Runnable afterwards);
    }

    private record Name(String queue, String sequence) {}

    private static final long[] NONE = {};

    private final Rows rows;
    private final String resource = JoinedLetters.class.getName() + "@" + System.identityHashCode(this);
    /** The sorted positions of the durable letters. */
    private final Map<String, Map<String, long[]>> durable = new ConcurrentHashMap<>();

    public JoinedLetters(Rows rows) {
        this.rows = rows;
        readAgain();
    }

    /** Call only while nothing writes letters. */
    public void readAgain() {
        durable.clear();
        rows.readAll((key, row) -> add(key));
    }

    /** The rows of a queue were deleted by another write. Call only while nothing writes letters of the queue. */
    public void forget(String queue) {
        durable.remove(queue);
    }

    private void add(StoredLetter.Key key) {
        durable.computeIfAbsent(key.queue(), queue -> new ConcurrentHashMap<>())
                .merge(key.sequence(), new long[] {key.position()}, (before, one) -> with(before, key.position()));
    }

    private void drop(StoredLetter.Key key) {
        durable.getOrDefault(key.queue(), new ConcurrentHashMap<>())
                .computeIfPresent(key.sequence(), (name, before) -> {
                    long[] left = without(before, key.position());
                    return left.length == 0 ? null : left;
                });
    }

    private static long[] with(long[] positions, long position) {
        return Arrays.binarySearch(positions, position) >= 0
                ? positions
                : LongStream.concat(Arrays.stream(positions), LongStream.of(position))
                        .sorted()
                        .toArray();
    }

    private static long[] without(long[] positions, long position) {
        return Arrays.stream(positions).filter(other -> other != position).toArray();
    }

    /** What the current unit of work has written and is not yet durable; a null row is deleted. */
    private Map<Name, TreeMap<Long, byte[]>> pending() {
        return CurrentUnitOfWork.isStarted()
                ? CurrentUnitOfWork.get().root().getOrDefaultResource(resource, Map.of())
                : Map.of();
    }

    private long[] positions(Name name) {
        long[] positions = durable.getOrDefault(name.queue(), Map.of()).getOrDefault(name.sequence(), NONE);
        for (Map.Entry<Long, byte[]> change :
                pending().getOrDefault(name, new TreeMap<>()).entrySet()) {
            positions =
                    change.getValue() == null ? without(positions, change.getKey()) : with(positions, change.getKey());
        }
        return positions;
    }

    @Override
    public Optional<Sequence> sequence(String queue, String sequence) {
        if (durable.getOrDefault(queue, Map.of()).isEmpty() && pending().isEmpty()) {
            return Optional.empty();
        }
        long[] positions = positions(new Name(queue, sequence));
        return positions.length == 0
                ? Optional.empty()
                : Optional.of(new Sequence(positions.length, positions[0], positions[positions.length - 1]));
    }

    @Override
    public Map<String, Sequence> sequences(String queue) {
        Set<String> names = new HashSet<>(durable.getOrDefault(queue, Map.of()).keySet());
        pending().keySet().stream()
                .filter(name -> name.queue().equals(queue))
                .forEach(name -> names.add(name.sequence()));
        Map<String, Sequence> all = new HashMap<>();
        names.forEach(name -> sequence(queue, name).ifPresent(sequence -> all.put(name, sequence)));
        return all;
    }

    @Override
    public List<StoredLetter> read(String queue, String sequence, long after, int most) {
        Name name = new Name(queue, sequence);
        TreeMap<Long, byte[]> changed = pending().getOrDefault(name, new TreeMap<>());
        return Arrays.stream(positions(name))
                .filter(position -> position > after)
                .mapToObj(position -> changed.containsKey(position)
                        ? changed.get(position)
                        : rows.get(new StoredLetter.Key(queue, sequence, position)))
                // Removed meanwhile.
                .filter(row -> row != null)
                .limit(most)
                .map(StoredLetter::decode)
                .toList();
    }

    @Override
    public void put(StoredLetter letter) {
        write(letter.key(), letter.encode(), () -> add(letter.key()));
    }

    @Override
    public void remove(StoredLetter.Key key) {
        write(key, null, () -> drop(key));
    }

    @Override
    public void clear(String queue) {
        sequences(queue).keySet().forEach(sequence -> {
            for (long position : positions(new Name(queue, sequence))) {
                remove(new StoredLetter.Key(queue, sequence, position));
            }
        });
    }

    private void write(StoredLetter.Key key, byte[] row, Runnable afterwards) {
        if (rows.isJoining(key.queue())) {
            CurrentUnitOfWork.get()
                    .root()
                    .getOrComputeResource(resource, name -> new HashMap<Name, TreeMap<Long, byte[]>>())
                    .computeIfAbsent(new Name(key.queue(), key.sequence()), name -> new TreeMap<>())
                    .put(key.position(), row);
        }
        rows.write(key, row, afterwards);
    }
}
