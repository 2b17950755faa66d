package dev.kontor.query.platform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.axonframework.eventhandling.TrackingToken;

/**
 * The writes of one unit of work, or a part of them: updates of documents, and the token of its segment. For one
 * thread.
 */
public final class Batch {

    private final Map<DocumentType<?>, Map<String, Update<?>>> updates = new LinkedHashMap<>();
    private final Slot slot;
    private Token token;

    /** A batch for the slot of its token; without one, for the live slot of each view. */
    public Batch() {
        this(null);
    }

    /** A batch for this slot. */
    Batch(Slot slot) {
        this.slot = slot;
    }

    /**
     * @param processor the name of the view in the slot that is written to
     * @param token null for the beginning of the log
     */
    public record Token(String processor, int segment, TrackingToken token) {}

    /**
     * Adds a change by the event with this sequence number.
     *
     * @param change from the document before, null if there is none, to one of this version
     */
    public <D extends ViewDocument> Batch update(
            DocumentType<D> type, String id, long version, UnaryOperator<D> change) {
        Map<String, Update<?>> ofType = updates.computeIfAbsent(type, missing -> new LinkedHashMap<>());
        @SuppressWarnings("unchecked") // under a type stand only updates of its documents
        Update<D> update = (Update<D>) ofType.computeIfAbsent(id, missing -> new Update<>(type, missing));
        update.then(version, change);
        return this;
    }

    /** The slot that is written to; empty for the live one of each view. */
    public Optional<Slot> slot() {
        return Optional.ofNullable(slot).or(() -> token().map(read -> Slot.of(read.processor())));
    }

    public Batch token(String processor, int segment, TrackingToken read) {
        token = new Token(processor, segment, read);
        return this;
    }

    public Optional<Token> token() {
        return Optional.ofNullable(token);
    }

    public List<DocumentType<?>> types() {
        return List.copyOf(updates.keySet());
    }

    @SuppressWarnings("unchecked") // under a type stand only updates of its documents
    public <D extends ViewDocument> List<Update<D>> updates(DocumentType<D> type) {
        List<Update<D>> ofType = new ArrayList<>();
        updates.getOrDefault(type, Map.of()).values().forEach(update -> ofType.add((Update<D>) update));
        return ofType;
    }
}
