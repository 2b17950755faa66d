package dev.kontor.store.documents;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the documents of all views as bytes, their index rows, and the views' tokens. A write is atomic. Reads take no
 * lock. Safe for many threads.
 */
public final class DocumentStore {

    private static final Logger log = LoggerFactory.getLogger(DocumentStore.class);

    private final ViewFiles files;
    private final ViewDatabase rows;
    private final Serializer serializer;
    private final ReentrantLock writing = new ReentrantLock();
    private final IndexRows indexRows;
    /** By the names of the generations. */
    private final Map<String, StoredView> views = new ConcurrentHashMap<>();

    private final Map<String, DeclaredView> declarations = new ConcurrentHashMap<>();
    /** By name: the numbers of collections and indexes in their row keys. */
    private volatile Map<String, Integer> numbers = Map.of();

    /** @param serializer of tokens */
    public DocumentStore(ViewFiles files, Serializer serializer) {
        this.files = files;
        this.rows = files.rows();
        this.serializer = serializer;
        this.indexRows = new IndexRows(rows);
        rows.walk(RowKeys.views().from(), RowKeys.views().to(), false, (key, row, sameMoment) -> {
            views.put(RowKeys.viewOf(key), StoredView.decode(row));
            return true;
        });
        publish();
    }

    private void publish() {
        Map<String, Integer> all = new HashMap<>();
        views.values().forEach(view -> all.putAll(view.numbers()));
        numbers = Map.copyOf(all);
    }

    /**
     * Registers the generations of the views. One that was stored with another schema starts over; one that is no
     * longer declared is deleted.
     *
     * @return the names of the generations that start over
     */
    public Set<String> declare(List<DeclaredView> declared) {
        Set<String> startedOver = new HashSet<>();
        Map<String, DeclaredView> byName = new LinkedHashMap<>();
        declared.forEach(view -> byName.put(view.name(), view));
        declarations.putAll(byName);
        for (String stored : Set.copyOf(views.keySet())) {
            DeclaredView view = byName.get(stored);
            if (view == null || !view.schema().equals(views.get(stored).schema())) {
                log.warn(
                        "views: {} is discarded{}: its schema is {}, that of this version is {}",
                        stored,
                        view == null ? "" : " and read from the log again",
                        views.get(stored).schema(),
                        view == null ? "not known" : view.schema());
                startOver(stored, view);
                startedOver.add(stored);
            }
        }
        byName.values().stream()
                .filter(view -> !views.containsKey(view.name()))
                .forEach(view -> startOver(view.name(), view));
        return startedOver;
    }

    /**
     * Discards the documents of a generation and its tokens: it begins again as the next one. The view's dead letters
     * are deleted too if readers see this generation.
     */
    public void startOver(String name) {
        startOver(name, declarations.get(name));
    }

    /** One atomic write. @param view null if the view is deleted */
    private void startOver(String name, DeclaredView view) {
        writing.lock();
        try (WriteBatch batch = new WriteBatch()) {
            StoredView before = views.get(name);
            List<RowKeys.Range> left = before == null ? List.of() : before.ranges();
            for (RowKeys.Range range : left) {
                batch.deleteRange(range.from(), range.to());
            }
            batch.deleteRange(RowKeys.tokens(name).from(), RowKeys.tokens(name).to());
            if (before != null && before.slot().equals(live(before.view()))) {
                deleteLetters(before.view(), batch);
            }
            StoredView next = null;
            if (view == null) {
                batch.delete(RowKeys.view(name));
                batch.delete(RowKeys.live(before.view()));
                batch.delete(RowKeys.note(before.view()));
            } else {
                byte[] stored = rows.get(RowKeys.NEXT_NUMBER);
                int number = stored == null ? 1 : RowKeys.number(stored);
                Map<String, Integer> fresh = new HashMap<>();
                for (String part : view.parts()) {
                    fresh.put(part, number++);
                }
                next = new StoredView(
                        view.view(), view.slot(), view.schema(), before == null ? 1 : before.generation() + 1, fresh);
                batch.put(RowKeys.NEXT_NUMBER, RowKeys.number(number));
                batch.put(RowKeys.view(name), next.encode());
            }
            files.write(batch);
            views.remove(name);
            if (next != null) {
                views.put(name, next);
            }
            publish();
            left.forEach(range -> rows.giveBack(range.from(), range.to()));
        } catch (RocksDBException e) {
            throw unwritable(e);
        } finally {
            writing.unlock();
        }
    }

    static ViewFilesException unwritable(RocksDBException e) {
        return new ViewFilesException("The views cannot be written: " + e.getMessage(), e);
    }

    /** The id of the log that the views are read from. */
    String identifier() {
        return files.logId();
    }

    /** How often a generation has begun in its slot: 1 for the first time. */
    long generation(String name) {
        return views.get(name).generation();
    }

    /** What was last noted of a view's generations; null if nothing was. */
    public byte[] note(String view) {
        return rows.get(RowKeys.note(view));
    }

    private String live(String view) {
        byte[] slot = rows.get(RowKeys.live(view));
        return slot == null ? DeclaredView.FIRST_SLOT : text(slot);
    }

    private static void deleteLetters(String view, WriteBatch batch) throws RocksDBException {
        RowKeys.Range all = RowKeys.letters(view);
        batch.deleteRange(all.from(), all.to());
    }

    /**
     * Stores what is known of a view's generations. Deletes its dead letters if readers see another slot than before.
     *
     * @param live the slot that readers see
     */
    public void note(String view, String live, byte[] note) {
        writing.lock();
        try (WriteBatch batch = new WriteBatch()) {
            if (!live.equals(live(view))) {
                deleteLetters(view, batch);
            }
            batch.put(RowKeys.live(view), bytes(live));
            batch.put(RowKeys.note(view), note);
            files.write(batch);
        } catch (RocksDBException e) {
            throw unwritable(e);
        } finally {
            writing.unlock();
        }
    }

    /** Null if there is none. */
    public byte[] find(String collection, String id) {
        return rows.get(RowKeys.document(number(collection), bytes(id)));
    }

    /** In the order of the ids, null if there is none. */
    public List<byte[]> findAll(String collection, List<String> ids) {
        int number = number(collection);
        return ids.isEmpty()
                ? List.of()
                : rows.getAll(ids.stream()
                        .map(id -> RowKeys.document(number, bytes(id)))
                        .toList());
    }

    /**
     * Passes the documents of one moment, in the order of the ids.
     *
     * @param from the least id, null for the beginning
     * @param reader returns whether it wants another one
     */
    public void each(String collection, String from, Predicate<byte[]> reader) {
        int number = number(collection);
        RowKeys.Range all = RowKeys.documents(number);
        byte[] first = from == null ? all.from() : RowKeys.document(number, bytes(from));
        rows.walk(first, all.to(), false, (key, document, sameMoment) -> reader.test(document));
    }

    /** A document of a scan. */
    public interface Row {

        String id();

        /** Reads it, as of the beginning of the scan; null if the view starts over meanwhile, which ends the scan. */
        byte[] document();
    }

    /** Reads one document after the other. */
    public interface Reader {

        /** @return whether it wants another one */
        boolean read(Row row);
    }

    /**
     * Passes the documents of one moment in ascending or descending order of an index, until the reader wants no more.
     * Ends early if the view starts over meanwhile.
     *
     * @return whether the reader wanted more than there are
     */
    public boolean scan(String collection, String index, KeyRange range, boolean descending, Reader reader) {
        if (range.isEmpty()) {
            return true;
        }
        indexRows.scanned();
        // Both must be of the same generation of the view.
        Map<String, Integer> current = numbers;
        int documents = number(current, collection);
        int number = number(current, DeclaredView.part(collection, index));
        RowKeys.Range whole = RowKeys.indexRows(number);
        AtomicBoolean isGone = new AtomicBoolean();
        boolean isAll = rows.walk(
                range.from() == null ? whole.from() : RowKeys.indexRow(number, range.from()),
                range.to() == null ? whole.to() : RowKeys.indexRow(number, range.to()),
                descending,
                (key, id, sameMoment) -> reader.read(new Row() {
                            @Override
                            public String id() {
                                return text(id);
                            }

                            @Override
                            public byte[] document() {
                                byte[] document = sameMoment.get(RowKeys.document(documents, id));
                                if (document == null) {
                                    // Space is freed file by file, also while a scan still reads it.
                                    isGone.set(number(numbers, collection) != documents);
                                    if (!isGone.get()) {
                                        throw damaged(
                                                "index %s of %s refers to a missing document"
                                                        .formatted(index, collection),
                                                null);
                                    }
                                }
                                return document;
                            }
                        })
                        && !isGone.get());
        return isAll || isGone.get();
    }

    /** Records that the stored data is damaged: reads fail, and the next start discards the store. */
    public ViewFilesException damaged(String what, RuntimeException cause) {
        return files.unreadable(what, cause);
    }

    /** The number of a collection or of one of its indexes. */
    int number(String part) {
        return number(numbers, part);
    }

    private static int number(Map<String, Integer> numbers, String part) {
        Integer number = numbers.get(part);
        if (number == null) {
            throw new IllegalArgumentException("No view declares " + part);
        }
        return number;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Writes everything that the work puts, or nothing if it fails. Writes are sequential. */
    public void write(Consumer<DocumentWrites> work) {
        writing.lock();
        try (WriteBatch batch = new WriteBatch()) {
            DocumentWrites writes = new DocumentWrites(this, batch, serializer);
            work.accept(writes);
            if (batch.count() > 0) {
                files.write(batch);
                indexRows.deleted(writes.indexRowsDeleted());
            }
        } finally {
            writing.unlock();
        }
    }

    /** Reads the rows of all dead letters. */
    public void letters(Consumer<byte[]> reader) {
        RowKeys.Range all = RowKeys.letters();
        rows.walk(all.from(), all.to(), false, (key, row, sameMoment) -> {
            reader.accept(row);
            return true;
        });
    }

    /** The row of a dead letter, null if there is none. */
    public byte[] letter(String queue, String sequence, long position) {
        return rows.get(RowKeys.letter(queue, sequence, position));
    }

    /** The segments of a view and their tokens; null for the beginning of the log. */
    Map<Integer, TrackingToken> tokens(String view) {
        Map<Integer, TrackingToken> tokens = new LinkedHashMap<>();
        RowKeys.Range range = RowKeys.tokens(view);
        rows.walk(range.from(), range.to(), false, (key, row, sameMoment) -> {
            TokenRow token = TokenRow.decode(row);
            tokens.put(RowKeys.segmentOf(key), token == null ? null : token.read(serializer));
            return true;
        });
        return tokens;
    }
}
