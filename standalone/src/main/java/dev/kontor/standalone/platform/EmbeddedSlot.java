package dev.kontor.standalone.platform;

import dev.kontor.query.platform.Batch;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.Index;
import dev.kontor.query.platform.Scan;
import dev.kontor.query.platform.Slot;
import dev.kontor.query.platform.Update;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewDocument;
import dev.kontor.store.documents.DeclaredView;
import dev.kontor.store.documents.DocumentStore;
import dev.kontor.store.documents.DocumentWrites;
import dev.kontor.store.documents.IndexKey;
import dev.kontor.store.documents.KeyRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The generations of all views in one slot. A batch's documents, their index entries, its dead letters and its token
 * are one write.
 */
final class EmbeddedSlot {

    /** A scan of at most so many documents is a page, which is likely to be read again. */
    private static final int PAGE = 1_000;

    private final DocumentStore documents;
    private final ViewLetterRows letters;
    private final Slot slot;
    private final DocumentCache cache;

    /** @param cachedBytes of decoded documents, in memory */
    EmbeddedSlot(DocumentStore documents, ViewLetterRows letters, Slot slot, long cachedBytes) {
        this.documents = documents;
        this.letters = letters;
        this.slot = slot;
        this.cache = new DocumentCache(cachedBytes);
    }

    DocumentCache.Commit commit() {
        return cache.commit();
    }

    DeclaredView declared(View view) {
        Map<String, List<String>> collections = new HashMap<>();
        List<String> indexes = new ArrayList<>();
        for (DocumentType<?> type : view.documents()) {
            collections.put(
                    type.name(), type.indexes().stream().map(Index::name).toList());
            type.indexes().forEach(index -> indexes.add(type.name() + "." + index.name() + index.fields()));
        }
        return new DeclaredView(
                view.name(),
                slot.suffix(),
                view.schema() + " " + indexes.stream().sorted().collect(Collectors.joining(" ")),
                collections);
    }

    <D extends ViewDocument> Optional<D> find(DocumentType<D> type, String id) {
        D known = cache.find(type, id);
        return Optional.ofNullable(known != null ? known : read(type, id));
    }

    private <D extends ViewDocument> D read(DocumentType<D> type, String id) {
        long moment = cache.moment();
        return cached(type, documents.find(slot.nameOf(type.name()), id), moment);
    }

    private <D extends ViewDocument> D cached(DocumentType<D> type, byte[] stored, long moment) {
        D document = decode(type, stored);
        if (document != null) {
            cache.offer(type, document, stored.length, moment);
        }
        return document;
    }

    <D extends ViewDocument> Map<String, D> findAll(DocumentType<D> type, Collection<String> ids) {
        Map<String, D> found = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String id : ids) {
            D known = cache.find(type, id);
            if (known != null) {
                found.put(id, known);
            } else {
                unknown.add(id);
            }
        }
        long moment = cache.moment();
        for (byte[] stored : documents.findAll(slot.nameOf(type.name()), unknown)) {
            D document = cached(type, stored, moment);
            if (document != null) {
                found.put(document.id(), document);
            }
        }
        return found;
    }

    private <D extends ViewDocument> D decode(DocumentType<D> type, byte[] stored) {
        if (stored == null) {
            return null;
        }
        try {
            return type.decode(stored);
        } catch (RuntimeException e) {
            throw documents.damaged("a document of " + type.name(), e);
        }
    }

    <D extends ViewDocument> boolean scan(Scan<D> scan, Predicate<D> reader) {
        long moment = cache.moment();
        boolean isPage = scan.most() <= PAGE;
        List<D> known = isPage ? cache.page(scan, moment) : null;
        if (known != null) {
            return known.stream().allMatch(reader) && known.size() < scan.most();
        }
        Reading<D> reading = new Reading<>(scan, reader, moment, isPage);
        boolean isAll = documents.scan(
                slot.nameOf(scan.type().name()), scan.index().name(), range(scan), scan.isDescending(), reading);
        if (isPage && reading.isAtMoment && (isAll || reading.left == 0)) {
            cache.offer(scan, reading.ids, moment);
        }
        return isAll;
    }

    /** Takes documents from the cache, if they are those of the moment that is scanned. */
    private final class Reading<D extends ViewDocument> implements DocumentStore.Reader {

        private final Scan<D> scan;
        private final Predicate<D> reader;
        private final long before;
        private final boolean isPage;
        private final List<String> ids = new ArrayList<>();
        private boolean hasBegun;
        private boolean isAtMoment;
        private int left;

        Reading(Scan<D> scan, Predicate<D> reader, long before, boolean isPage) {
            this.scan = scan;
            this.reader = reader;
            this.before = before;
            this.isPage = isPage;
            this.left = scan.most();
        }

        @Override
        public boolean read(DocumentStore.Row row) {
            if (!hasBegun) {
                hasBegun = true;
                isAtMoment = cache.isStill(before);
            }
            String id = row.id();
            if (isPage) {
                ids.add(id);
            }
            D document = isAtMoment ? cache.find(scan.type(), id, before) : null;
            if (document == null) {
                byte[] stored = row.document();
                if (stored == null) {
                    return false;
                }
                document = isPage && isAtMoment ? cached(scan.type(), stored, before) : decode(scan.type(), stored);
            }
            return reader.test(document) && --left > 0;
        }
    }

    private static KeyRange range(Scan<?> scan) {
        KeyRange range = KeyRange.beginningWith(IndexKey.of(scan.where()));
        if (scan.from() != null) {
            range = range.from(IndexKey.of(with(scan.where(), scan.from())));
        }
        if (scan.to() != null) {
            range = range.to(IndexKey.of(with(scan.where(), scan.to())));
        }
        if (scan.after() != null) {
            byte[] place = IndexKey.place(
                    with(scan.where(), scan.after().value()), scan.after().id());
            range = scan.isDescending() ? range.before(place) : range.behindKey(place);
        }
        return range;
    }

    private static List<Object> with(List<Object> values, Object next) {
        List<Object> more = new ArrayList<>(values);
        more.add(next);
        return more;
    }

    void apply(Batch batch) {
        try (DocumentCache.Commit commit = cache.commit()) {
            AtomicReference<Runnable> lettersWritten = new AtomicReference<>(() -> {});
            documents.write(writes -> {
                batch.types().forEach(type -> write(type, batch, writes, commit));
                batch.token().ifPresent(token -> {
                    lettersWritten.set(letters.writePending(writes));
                    writes.token(token.processor(), token.segment(), token.token());
                });
                commit.begin();
            });
            commit.succeed();
            lettersWritten.get().run();
        }
    }

    private <D extends ViewDocument> void write(
            DocumentType<D> type, Batch batch, DocumentWrites writes, DocumentCache.Commit commit) {
        for (Update<D> update : batch.updates(type)) {
            D before = find(type, update.id()).orElse(null);
            D after = update.over(before);
            if (after == before) {
                continue;
            }
            byte[] stored = type.encode(after);
            writes.put(slot.nameOf(type.name()), after.id(), stored);
            commit.put(type, after, stored.length);
            for (Index index : type.indexes()) {
                Set<List<Object>> entries = type.entries(index, after);
                Set<List<Object>> entriesBefore = before == null ? Set.of() : type.entries(index, before);
                if (!entries.equals(entriesBefore)) {
                    writes.index(slot.nameOf(type.name()), index.name(), after.id(), entriesBefore, entries);
                    commit.move(type, index);
                }
            }
        }
    }

    void startOver(View view) {
        try (DocumentCache.Commit commit = cache.commit()) {
            commit.begin();
            documents.startOver(slot.nameOf(view.name()));
            commit.clear(List.of(view));
        }
    }

    <D extends ViewDocument> void each(DocumentType<D> type, String from, Predicate<D> reader) {
        documents.each(slot.nameOf(type.name()), from, stored -> reader.test(decode(type, stored)));
    }
}
