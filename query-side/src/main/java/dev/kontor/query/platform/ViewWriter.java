package dev.kontor.query.platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Collects the writes of one batch and applies them with the batch's token when the batch commits. A failed write fails
 * the batch. When the processor handles it again, each change is written as its event is handled, so that an event that
 * cannot be written fails in its handler: in the live generation it becomes a dead letter.
 */
@Component
public class ViewWriter {

    private static final Logger log = LoggerFactory.getLogger(ViewWriter.class);
    private static final String BATCH = ViewWriter.class.getName();
    private static final String SLOT = Slot.class.getName();

    private final ViewStore store;
    private final ReadYourWrites arrivals;
    private final List<WriteListener> listeners;
    private final Map<DocumentType<?>, View> views;
    /** The last batch that could not be written, until it is: its changes are written event by event. */
    private final Map<Place, Batch.Token> failed = new ConcurrentHashMap<>();

    private record Place(DocumentType<?> type, Slot slot) {}

    public ViewWriter(ViewStore store, Views views, ReadYourWrites arrivals, List<WriteListener> listeners) {
        this.store = store;
        this.views = views.stored().stream()
                .flatMap(view -> view.documents().stream().map(type -> Map.entry(type, view)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        this.arrivals = arrivals;
        this.listeners = List.copyOf(listeners);
    }

    /** The unit of work writes to this slot. Without this call it writes to the live one. */
    public static void writesTo(Slot slot, UnitOfWork<?> work) {
        work.root().resources().put(SLOT, slot);
    }

    private static Optional<Slot> setSlot() {
        return Optional.ofNullable(CurrentUnitOfWork.get().root().getResource(SLOT));
    }

    /**
     * Changes the document of an aggregate by the event with this sequence number.
     *
     * @param change from the document before, null if there is none, to one of this version
     */
    public <D extends ViewDocument> void at(DocumentType<D> type, String id, long version, UnaryOperator<D> change) {
        if (isOneByOne(type)) {
            write(new Batch(setSlot().orElse(null)).update(type, id, version, change));
        } else {
            batch().update(type, id, version, change);
        }
    }

    /** A dead letter, and a batch that is repeated, fail at the event that cannot be written. */
    private boolean isOneByOne(DocumentType<?> type) {
        return CurrentUnitOfWork.get().getResource(DeadLetter.class.getName()) != null
                || !failed.isEmpty()
                        && failed.containsKey(new Place(type, setSlot().orElseGet(() -> live(type))));
    }

    private Slot live(DocumentType<?> type) {
        return store.generations(views.get(type)).live();
    }

    /** The batch of the current unit of work. */
    Batch batch() {
        UnitOfWork<?> work = CurrentUnitOfWork.get().root();
        return work.getOrComputeResource(BATCH, name -> {
            Batch batch = new Batch(setSlot().orElse(null));
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
            batch.token().ifPresent(token -> {
                log.error("documents of {} could not be written; the batch is handled again", batch.types(), e);
                Slot slot = Slot.of(token.processor());
                batch.types().forEach(type -> failed.put(new Place(type, slot), token));
            });
            throw e;
        } finally {
            // After a failure too: a part of it may be written.
            live(batch).forEach(type -> tell(batch, type));
        }
        if (!failed.isEmpty()) {
            batch.token().ifPresent(token -> failed.values().removeIf(before -> isRepeated(before, token)));
        }
        live(batch).forEach(type -> arrivals.arrived(batch.updates(type)));
    }

    /** The types of which readers see what is written. A generation that no reader sees has no listeners either. */
    private List<DocumentType<?>> live(Batch batch) {
        return batch.types().stream()
                .filter(type -> batch.slot().map(slot -> slot == live(type)).orElse(true))
                .toList();
    }

    /** Reads see another generation of the view from now on. */
    public void switched(View view) {
        listeners.forEach(listener -> listener.switched(view));
        arrivals.wakeAll();
    }

    private static boolean isRepeated(Batch.Token failed, Batch.Token written) {
        return written.processor().equals(failed.processor())
                && written.segment() == failed.segment()
                && written.token() != null
                && written.token().covers(failed.token());
    }

    private void tell(Batch batch, DocumentType<?> type) {
        List<String> ids = batch.updates(type).stream().map(Update::id).toList();
        listeners.forEach(listener -> listener.written(type, ids));
    }
}
