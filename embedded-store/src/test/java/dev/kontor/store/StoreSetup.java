package dev.kontor.store;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** An embedded store in a folder and the Axon stores over it. */
final class StoreSetup implements AutoCloseable {

    static final Serializer JSON = Jackson3Serializer.builder()
            .jsonMapperBuilderCustomizer(json -> json.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                    .allowIfSubType("org.axonframework.")
                    .allowIfSubType("java.")
                    .build()))
            .build();

    final EmbeddedStore store;
    final EmbeddedEventStorageEngine engine;
    final EmbeddedEventStore eventStore;
    final EmbeddedTokenStore tokens;
    final EmbeddedSagaStore sagas;

    StoreSetup(Path folder) {
        store = EmbeddedStore.open(folder);
        engine = EmbeddedEventStorageEngine.builder()
                .store(store)
                .eventSerializer(JSON)
                .snapshotSerializer(JSON)
                .build();
        eventStore = EmbeddedEventStore.builder().engine(engine).build();
        tokens = new EmbeddedTokenStore(store, JSON);
        sagas = new EmbeddedSagaStore(store, JSON);
    }

    static DomainEventMessage<Noted> event(String aggregate, long sequence) {
        return event(aggregate, sequence, aggregate + "#" + sequence);
    }

    static DomainEventMessage<Noted> event(String aggregate, long sequence, String text) {
        return new GenericDomainEventMessage<>("Note", aggregate, sequence, new Noted(text));
    }

    static EventMessage<Noted> event(String text) {
        return new GenericEventMessage<>(new Noted(text));
    }

    void append(String... texts) {
        for (String text : texts) {
            engine.appendEvents(event(text));
        }
    }

    /** Every event of the log, from the disk. */
    List<? extends TrackedEventMessage<?>> log() {
        return engine.readEvents(null, false).toList();
    }

    List<String> texts() {
        return texts(log());
    }

    List<String> texts(String aggregate) {
        return texts(engine.readEvents(aggregate).asStream().toList());
    }

    static List<String> texts(Collection<? extends EventMessage<?>> events) {
        return events.stream().map(StoreSetup::text).toList();
    }

    static String text(EventMessage<?> event) {
        return ((Noted) event.getPayload()).text();
    }

    static List<Long> positions(Collection<? extends TrackedEventMessage<?>> events) {
        return events.stream()
                .map(event -> event.trackingToken().position().orElseThrow())
                .toList();
    }

    /** In a separate unit of work, committed if the work does not throw. */
    static void inUnitOfWork(Runnable work) {
        DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("cause"))
                .execute(work);
    }

    static UnitOfWork<?> startUnitOfWork() {
        return DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("cause"));
    }

    /** All at the same time, each on its own thread; their exceptions are in the futures. */
    static <T> List<Future<T>> together(List<? extends Callable<T>> works) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(works.size())) {
            return threads.invokeAll(works);
        }
    }

    /** On another thread, which is in no unit of work. */
    static <T> T elsewhere(Callable<T> work) {
        try {
            return together(List.of(work)).getFirst().get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static String id() {
        return UUID.randomUUID().toString();
    }

    @Override
    public void close() {
        store.close();
    }
}
