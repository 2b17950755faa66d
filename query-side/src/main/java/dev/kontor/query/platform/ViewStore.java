package dev.kontor.query.platform;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/** Where the documents of the views are kept, and how far each view has read the log. Safe for many threads. */
public interface ViewStore {

    /**
     * Makes room for the views and their indexes, before anything else is asked of the store. May be called again with
     * the same ones.
     */
    void declare(List<View> views);

    <D extends ViewDocument> Optional<D> find(DocumentType<D> type, String id);

    /** Those that there are, by id. */
    <D extends ViewDocument> Map<String, D> findAll(DocumentType<D> type, Collection<String> ids);

    /**
     * Gives one document after the other until the reader wants no more. Costs what it reads, however many documents
     * there are beside.
     *
     * @param reader answers whether it wants another one
     * @return whether it wanted more than there is
     * @throws CancellationException where this thread is interrupted while it waits for documents
     */
    <D extends ViewDocument> boolean scan(Scan<D> scan, Predicate<D> reader);

    /**
     * Writes what the batch makes of its documents, and its token with them or after them: what the token says was read
     * is shown. A batch that fails may be applied again, and so may one that did not.
     */
    void apply(Batch batch);

    /** How far each view has read the log, by segments. For the event processors. */
    TokenStore tokens();

    /**
     * Throws away all documents of a view, and how far it has read: its next generation begins, at the beginning of the
     * log. To be called while nothing feeds the view.
     */
    void startOver(View view);

    /** Whether other processes write documents too: then a reader is not told of all that is written. */
    boolean isShared();
}
