package dev.kontor.standalone.platform;

import dev.kontor.query.platform.Batch;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.Generations;
import dev.kontor.query.platform.Scan;
import dev.kontor.query.platform.Slot;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewDocument;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.side.platform.JoinedLetters;
import dev.kontor.side.platform.LetterStore;
import dev.kontor.side.platform.RepeatedBatchException;
import dev.kontor.store.documents.DeclaredView;
import dev.kontor.store.documents.DocumentStore;
import dev.kontor.store.documents.DocumentTokenStore;
import dev.kontor.store.documents.ViewFilesException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/** Views in this process. What a batch writes, its dead letters with it, is one write. */
public final class EmbeddedViewStore implements ViewStore {

    private static final long MOST_CACHED_BYTES = 32L << 20;

    private final DocumentStore documents;
    private final TokenStore tokens;
    private final JoinedLetters letters;
    private final EmbeddedSlot first;
    private final EmbeddedSlot second;
    private volatile Map<View, Generations> generations = Map.of();
    /** The slot whose documents reads see, by type. */
    private volatile Map<DocumentType<?>, EmbeddedSlot> read = Map.of();

    /** Caches decoded documents of each slot in a fiftieth of the heap, at most 32 MiB. */
    public EmbeddedViewStore(DocumentStore documents) {
        this(documents, Math.min(MOST_CACHED_BYTES, Runtime.getRuntime().maxMemory() / 50));
    }

    EmbeddedViewStore(DocumentStore documents, long cachedBytes) {
        this.documents = documents;
        this.tokens = new DocumentTokenStore(documents);
        ViewLetterRows letterRows = new ViewLetterRows(documents);
        this.letters = new JoinedLetters(letterRows);
        this.first = new EmbeddedSlot(documents, letterRows, Slot.FIRST, cachedBytes);
        this.second = new EmbeddedSlot(documents, letterRows, Slot.SECOND, cachedBytes);
    }

    private EmbeddedSlot in(Slot slot) {
        return slot == Slot.FIRST ? first : second;
    }

    @Override
    public void declare(List<View> views) {
        try (DocumentCache.Commit inFirst = first.commit();
                DocumentCache.Commit inSecond = second.commit()) {
            inFirst.begin();
            inSecond.begin();
            List<DeclaredView> all = new ArrayList<>();
            for (View view : views) {
                all.add(first.declared(view));
                all.add(second.declared(view));
            }
            documents.declare(all);
            inFirst.clear(views);
            inSecond.clear(views);
        }
        // Letters of a live generation that starts over are deleted with it.
        letters.readAgain();
        views.forEach(view -> {
            byte[] stored = documents.note(view.name());
            show(view, stored == null ? Generations.first(view) : Generations.decode(stored));
        });
    }

    private synchronized void show(View view, Generations now) {
        Map<View, Generations> all = new HashMap<>(generations);
        Map<DocumentType<?>, EmbeddedSlot> types = new HashMap<>(read);
        all.put(view, now);
        view.documents().forEach(type -> types.put(type, in(now.live())));
        generations = Map.copyOf(all);
        read = Map.copyOf(types);
    }

    @Override
    public Generations generations(View view) {
        return generations.get(view);
    }

    @Override
    public void note(View view, Generations now) {
        boolean isSwitch = now.live() != generations(view).live();
        documents.note(view.name(), now.live().suffix(), now.encode());
        if (isSwitch) {
            letters.forget(view.name());
        }
        show(view, now);
    }

    private EmbeddedSlot read(DocumentType<?> type) {
        EmbeddedSlot slot = read.get(type);
        if (slot == null) {
            throw new IllegalArgumentException("No view declares " + type);
        }
        return slot;
    }

    @Override
    public <D extends ViewDocument> Optional<D> find(DocumentType<D> type, String id) {
        return read(type).find(type, id);
    }

    @Override
    public <D extends ViewDocument> Map<String, D> findAll(DocumentType<D> type, Collection<String> ids) {
        return read(type).findAll(type, ids);
    }

    @Override
    public <D extends ViewDocument> boolean scan(Scan<D> scan, Predicate<D> reader) {
        return read(scan.type()).scan(scan, reader);
    }

    @Override
    public void apply(Batch batch) {
        try {
            slotOf(batch).apply(batch);
        } catch (ViewFilesException e) {
            throw new RepeatedBatchException("The views cannot be read or written", e);
        }
    }

    private EmbeddedSlot slotOf(Batch batch) {
        return batch.slot()
                .map(this::in)
                .orElseGet(() ->
                        batch.types().isEmpty() ? first : read(batch.types().getFirst()));
    }

    @Override
    public LetterStore letters() {
        return letters;
    }

    @Override
    public TokenStore tokens() {
        return tokens;
    }

    @Override
    public void startOver(View view, Slot slot) {
        in(slot).startOver(view);
        if (in(slot) == read(view.documents().getFirst())) {
            letters.forget(view.name());
        }
    }

    @Override
    public <D extends ViewDocument> void each(DocumentType<D> type, Slot slot, String from, Predicate<D> reader) {
        in(slot).each(type, from, reader);
    }

    @Override
    public boolean isShared() {
        return false;
    }
}
