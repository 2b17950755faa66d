package dev.kontor.standalone.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.Index;
import dev.kontor.query.platform.Scan;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Documents that were recently read or written, decoded. A read of one needs neither the disk nor a decoder, and gets
 * the same object as long as the document does not change. Its size in memory is bounded. Safe for many threads.
 *
 * <p>All changes of the stored documents are commits of this cache, one after the other. A commit replaces what it
 * writes before it ends. A document that was read is kept only if no commit has begun since, so no old one stays.
 */
final class DocumentCache {

    /** No moment: a commit is under way. */
    private static final long NONE = -1;

    /** A decoded document takes about so many times the bytes of its stored form, and some for the entry itself. */
    private static final int TIMES = 3;

    private static final int ENTRY_BYTES = 300;

    private final Cache<Key, Entry> entries;
    private final ScannedPages pages = new ScannedPages();
    private final ReentrantLock committing = new ReentrantLock();
    /** The beginnings and ends of commits; odd while one is under way. */
    private final AtomicLong commits = new AtomicLong();

    private record Key(String type, String id) {}

    /** @param since the moment that it was read or written at; it has not changed since */
    private record Entry(ViewDocument document, int bytes, long since) {}

    /** @param mostBytes about so much memory, at most */
    DocumentCache(long mostBytes) {
        entries = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((Key key, Entry entry) -> ENTRY_BYTES + TIMES * entry.bytes())
                .executor(Runnable::run)
                .build();
    }

    /** The present moment, for what is read from now on. */
    long moment() {
        long now = commits.get();
        return now % 2 == 0 ? now : NONE;
    }

    /** Whether no commit has begun since the moment. */
    boolean isStill(long moment) {
        return commits.get() == moment;
    }

    /** The document as of now; null if it is not cached. */
    <D extends ViewDocument> D find(DocumentType<D> type, String id) {
        return documentOf(type, entries.getIfPresent(new Key(type.name(), id)));
    }

    /** The document as of the moment, which no commit had begun at; null if that is not known. */
    <D extends ViewDocument> D find(DocumentType<D> type, String id, long moment) {
        Entry entry = entries.getIfPresent(new Key(type.name(), id));
        return entry != null && entry.since() <= moment ? documentOf(type, entry) : null;
    }

    private static <D extends ViewDocument> D documentOf(DocumentType<D> type, Entry entry) {
        return entry == null ? null : type.record().cast(entry.document());
    }

    /**
     * Keeps a document that was read.
     *
     * @param bytes of its stored form
     * @param moment before it was read
     */
    <D extends ViewDocument> void offer(DocumentType<D> type, D document, int bytes, long moment) {
        if (!isStill(moment)) {
            return;
        }
        Key key = new Key(type.name(), document.id());
        Entry read = new Entry(document, bytes, moment);
        // A commit that begins after the first look waits here for this entry before it replaces it.
        entries.asMap().computeIfAbsent(key, missing -> isStill(moment) ? read : null);
        if (!isStill(moment)) {
            // A view that starts over may not have seen it.
            entries.asMap().computeIfPresent(key, (same, entry) -> entry == read ? null : entry);
        }
    }

    /** The documents of a page as of the moment; null if not all of them are known. */
    <D extends ViewDocument> List<D> page(Scan<D> scan, long moment) {
        List<String> ids = pages.find(scan);
        if (ids == null) {
            return null;
        }
        List<D> page = new ArrayList<>(ids.size());
        for (String id : ids) {
            D document = find(scan.type(), id, moment);
            if (document == null) {
                return null;
            }
            page.add(document);
        }
        return page;
    }

    /** Keeps which documents a page has. @param moment that was scanned */
    void offer(Scan<?> scan, List<String> ids, long moment) {
        pages.offer(scan, ids, moment);
    }

    /** A change of stored documents. It excludes others until it is closed. */
    Commit commit() {
        committing.lock();
        return new Commit();
    }

    /** For one thread. */
    final class Commit implements AutoCloseable {

        private final List<Key> keys = new ArrayList<>();
        private final List<Entry> written = new ArrayList<>();
        private final List<Runnable> moves = new ArrayList<>();
        private boolean hasBegun;
        private boolean hasSucceeded;

        private Commit() {}

        /** A document that this commit writes. */
        void put(DocumentType<?> type, ViewDocument document, int bytes) {
            keys.add(new Key(type.name(), document.id()));
            written.add(new Entry(document, bytes, commits.get() + 2));
        }

        /** This commit changes an index. */
        void move(DocumentType<?> type, Index index) {
            moves.add(() -> pages.changed(type, index, commits.get() + 1));
        }

        /** From now on the stored documents may differ from those before. */
        void begin() {
            commits.incrementAndGet();
            hasBegun = true;
        }

        /** The stored documents are those that were put. Otherwise they may be either. */
        void succeed() {
            hasSucceeded = true;
        }

        /** The stored documents of these views are gone. */
        void clear(Collection<View> views) {
            Set<String> gone = views.stream()
                    .flatMap(view -> view.documents().stream())
                    .map(DocumentType::name)
                    .collect(Collectors.toSet());
            entries.asMap().keySet().removeIf(key -> gone.contains(key.type()));
            pages.clear(commits.get() + 1);
        }

        @Override
        public void close() {
            try {
                if (hasBegun) {
                    moves.forEach(Runnable::run);
                }
                for (int i = 0; hasBegun && i < keys.size(); i++) {
                    Entry entry = hasSucceeded ? written.get(i) : null;
                    entries.asMap().compute(keys.get(i), (key, before) -> entry);
                }
            } finally {
                if (hasBegun) {
                    commits.incrementAndGet();
                }
                committing.unlock();
            }
        }
    }
}
