package dev.kontor.query.platform;

import dev.kontor.side.platform.LetterStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/**
 * Stores the documents of the views, and each view's tokens, in two generations. Reads see the live generation. Safe
 * for many threads.
 */
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
     * Writes the batch's documents to the generation that the processor of its token feeds, and the token with them or
     * after them. A batch without a token is written to the live generations. A batch may be applied again, whether it
     * failed or not.
     */
    void apply(Batch batch);

    /** The dead letters of the live generations, each view's in a queue with its name. Other generations have none. */
    LetterStore letters();

    /** The tokens of each generation by segment, for the event processors. */
    TokenStore tokens();

    /** The generations of a declared view. Costs no access to the disk or the network. */
    Generations generations(View view);

    /**
     * Stores the generations of a view. From then on reads see the live one. Where that is another one than before, the
     * view's dead letters are deleted: they belong to the one before.
     */
    void note(View view, Generations generations);

    /**
     * Deletes all documents and tokens in a slot of a view: the next generation in it begins at the beginning of the
     * log. Deletes the view's dead letters too if the slot is the live one. Call only while nothing feeds the slot.
     */
    void startOver(View view, Slot slot);

    /**
     * Passes documents in a slot, in the order of their ids, until the reader wants no more.
     *
     * @param from the least id, null for the beginning
     * @throws CancellationException if this thread is interrupted while it waits for documents
     */
    <D extends ViewDocument> void each(DocumentType<D> type, Slot slot, String from, Predicate<D> reader);

    /** Whether other processes write documents too: then a reader is not notified of all writes. */
    boolean isShared();
}
