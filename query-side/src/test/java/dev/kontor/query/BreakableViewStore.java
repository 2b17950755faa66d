package dev.kontor.query;

import dev.kontor.query.platform.Batch;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.Generations;
import dev.kontor.query.platform.Scan;
import dev.kontor.query.platform.Slot;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewDocument;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.side.platform.LetterStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/** Fails to write the document with one id in one slot of its view, as a wrong projection does. */
public final class BreakableViewStore implements ViewStore {

    private final ViewStore store;
    private volatile String broken = "";
    private volatile Slot brokenIn = Slot.FIRST;

    BreakableViewStore(ViewStore store) {
        this.store = store;
    }

    /** Where readers see the first slot. */
    public void breaksAt(String id) {
        breaksAt(id, Slot.FIRST);
    }

    public void breaksAt(String id, Slot slot) {
        brokenIn = slot;
        broken = id;
    }

    public void isMended() {
        broken = "";
    }

    @Override
    public void apply(Batch batch) {
        for (DocumentType<?> type : batch.types()) {
            if (batch.slot().orElse(Slot.FIRST) == brokenIn
                    && batch.updates(type).stream()
                            .anyMatch(update -> update.id().equals(broken))) {
                throw new IllegalStateException("'%s' cannot be written".formatted(broken));
            }
        }
        store.apply(batch);
    }

    @Override
    public void declare(List<View> views) {
        store.declare(views);
    }

    @Override
    public <D extends ViewDocument> Optional<D> find(DocumentType<D> type, String id) {
        return store.find(type, id);
    }

    @Override
    public <D extends ViewDocument> Map<String, D> findAll(DocumentType<D> type, Collection<String> ids) {
        return store.findAll(type, ids);
    }

    @Override
    public <D extends ViewDocument> boolean scan(Scan<D> scan, Predicate<D> reader) {
        return store.scan(scan, reader);
    }

    @Override
    public LetterStore letters() {
        return store.letters();
    }

    @Override
    public TokenStore tokens() {
        return store.tokens();
    }

    @Override
    public Generations generations(View view) {
        return store.generations(view);
    }

    @Override
    public void note(View view, Generations generations) {
        store.note(view, generations);
    }

    @Override
    public void startOver(View view, Slot slot) {
        store.startOver(view, slot);
    }

    @Override
    public <D extends ViewDocument> void each(DocumentType<D> type, Slot slot, String from, Predicate<D> reader) {
        store.each(type, slot, from, reader);
    }

    @Override
    public boolean isShared() {
        return store.isShared();
    }
}
