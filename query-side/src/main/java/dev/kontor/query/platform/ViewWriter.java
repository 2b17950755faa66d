package dev.kontor.query.platform;

import java.util.List;
import java.util.function.UnaryOperator;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Collects the writes of one batch and applies them with the batch's token when the batch commits. A failed write fails
 * the batch, which the processor then handles again.
 */
@Component
public class ViewWriter {

    private static final Logger log = LoggerFactory.getLogger(ViewWriter.class);
    private static final String BATCH = ViewWriter.class.getName();

    private final ViewStore store;
    private final ReadYourWrites arrivals;
    private final List<WriteListener> listeners;
    private final Views views;

    public ViewWriter(ViewStore store, Views views, ReadYourWrites arrivals, List<WriteListener> listeners) {
        this.store = store;
        this.views = views;
        this.arrivals = arrivals;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Changes the document of an aggregate by the event with this sequence number.
     *
     * @param change from the document before, null if there is none, to one of this version
     */
    public <D extends ViewDocument> void at(DocumentType<D> type, String id, long version, UnaryOperator<D> change) {
        batch().update(type, id, version, change);
    }

    /** The batch of the current unit of work. */
    Batch batch() {
        UnitOfWork<?> work = CurrentUnitOfWork.get().root();
        return work.getOrComputeResource(BATCH, name -> {
            Batch batch = new Batch();
            work.onCommit(unit -> write(batch));
            return batch;
        });
    }

    private void write(Batch batch) {
        try {
            store.apply(batch);
        } catch (UnableToClaimTokenException elsewhere) {
            // Another process now feeds the segment and writes these documents.
            throw elsewhere;
        } catch (RuntimeException e) {
            log.error("documents of {} could not be written; the batch is handled again", batch.types(), e);
            throw e;
        } finally {
            // After a failure too: a part of it may be written.
            if (isLive(batch)) {
                batch.types().forEach(type -> tell(batch, type));
            }
        }
        if (isLive(batch)) {
            batch.types().forEach(type -> arrivals.arrived(batch.updates(type)));
        }
    }

    /** A generation that no reader sees has no listeners either. */
    private boolean isLive(Batch batch) {
        return batch.token()
                .map(token -> store.generations(views.of(Slot.withoutSlot(token.processor())))
                                .live()
                        == Slot.of(token.processor()))
                .orElse(true);
    }

    /** Reads see another generation of the view from now on. */
    public void switched(View view) {
        listeners.forEach(listener -> listener.switched(view));
        arrivals.wakeAll();
    }

    private void tell(Batch batch, DocumentType<?> type) {
        List<String> ids = batch.updates(type).stream().map(Update::id).toList();
        listeners.forEach(listener -> listener.written(type, ids));
    }
}
