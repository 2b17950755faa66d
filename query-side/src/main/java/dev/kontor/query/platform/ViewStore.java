package dev.kontor.query.platform;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/** Stores the documents of the views, and each view's tokens. Safe for many threads. */
public interface ViewStore {

    /** Creates the views and their indexes; called before any other method. May be repeated with the same views. */
    void declare(List<View> views);

    <D extends ViewDocument> Optional<D> find(DocumentType<D> type, String id);

    /** The existing ones, by id. */
    <D extends ViewDocument> Map<String, D> findAll(DocumentType<D> type, Collection<String> ids);

    /**
     * Passes documents one after the other until the reader wants no more. The cost depends on the documents read only.
     *
     * @param reader returns whether it wants another one
     * @return whether the documents ended before the reader wanted no more, and before the scan had all that it wants
     * @throws CancellationException if this thread is interrupted while it waits for documents
     */
    <D extends ViewDocument> boolean scan(Scan<D> scan, Predicate<D> reader);

    /**
     * Writes the batch's documents, and its token with them or after them. A batch may be applied again, whether it
     * failed or not.
     */
    void apply(Batch batch);

    /** The tokens of each view by segment, for the event processors. */
    TokenStore tokens();

    /**
     * Deletes all documents and tokens of a view: its next generation begins at the beginning of the log. Call only
     * while nothing feeds the view.
     */
    void startOver(View view);

    /** Whether other processes write documents too: then a reader is not notified of all writes. */
    boolean isShared();
}
