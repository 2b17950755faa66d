package dev.kontor.query.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The changes that one batch makes to one document. */
public final class Update<D extends ViewDocument> {

    private final DocumentType<D> type;
    private final String id;
    private final List<Step<D>> steps = new ArrayList<>();

    /** @param change from the document before, null if there is none, to one of this version */
    private record Step<D>(long version, UnaryOperator<D> change) {}

    Update(DocumentType<D> type, String id) {
        this.type = type;
        this.id = id;
    }

    /** Ignores an event that is not newer than the previous one: it was delivered twice within the batch. */
    Update<D> then(long version, UnaryOperator<D> change) {
        if (version > version()) {
            steps.add(new Step<>(version, change));
        }
        return this;
    }

    public DocumentType<D> type() {
        return type;
    }

    public String id() {
        return id;
    }

    /** The version that the document has afterwards, or a later one. */
    public long version() {
        return steps.isEmpty() ? Wait.NOTHING : steps.getLast().version();
    }

    /**
     * Applies the events that are newer than the document; returns the same object if none is.
     *
     * @param before null if there is no document
     */
    public D over(D before) {
        D document = before;
        for (Step<D> step : steps) {
            if (step.version() > (document == null ? Wait.NOTHING : document.version())) {
                document = step.change().apply(document);
                if (document.version() != step.version() || !document.id().equals(id)) {
                    throw new IllegalStateException("%s %s: version %d was to become of it, not %s %d"
                            .formatted(type.name(), id, step.version(), document.id(), document.version()));
                }
            }
        }
        return document;
    }
}
