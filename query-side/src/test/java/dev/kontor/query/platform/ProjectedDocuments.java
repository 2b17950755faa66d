package dev.kontor.query.platform;

import dev.kontor.side.platform.LetterStore;
import java.lang.reflect.Constructor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** The documents that the projections make of events, without a store. New projections are found by their annotation. */
public final class ProjectedDocuments {

    private static final Set<String> PROJECTIONS = projections();

    private final Map<DocumentType<?>, Map<String, ViewDocument>> documents = new HashMap<>();
    private final List<AnnotationEventHandlerAdapter> projections = new ArrayList<>();

    public ProjectedDocuments() {
        ViewStore store = new Applied();
        ViewWriter writer = new ViewWriter(store, new Views(List.of()), new ReadYourWrites(store), List.of());
        PROJECTIONS.stream()
                .flatMap(projection -> constructor(projection).stream())
                .forEach(constructor -> projections.add(new AnnotationEventHandlerAdapter(made(constructor, writer))));
    }

    private static Set<String> projections() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ProcessingGroup.class));
        return scanner.findCandidateComponents("dev.kontor.query").stream()
                .map(BeanDefinition::getBeanClassName)
                .collect(Collectors.toSet());
    }

    /** Of projections that write documents. */
    private static Optional<Constructor<?>> constructor(String projection) {
        try {
            return Arrays.stream(Class.forName(projection).getDeclaredConstructors())
                    .filter(constructor -> constructor.getParameterTypes()[0] == ViewWriter.class)
                    .findFirst();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(projection, e);
        }
    }

    private static Object made(Constructor<?> constructor, ViewWriter writer) {
        try {
            constructor.setAccessible(true);
            return constructor.newInstance(writer);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor.toString(), e);
        }
    }

    /** @param sequence of the event in its aggregate */
    public void project(String aggregateId, long sequence, Object event, Instant at) {
        GenericDomainEventMessage<Object> message = new GenericDomainEventMessage<>(
                "Aggregate", aggregateId, sequence, event, MetaData.emptyInstance(), aggregateId + "#" + sequence, at);
        DefaultUnitOfWork.startAndGet(message)
                .executeWithResult(() -> {
                    for (AnnotationEventHandlerAdapter projection : projections) {
                        projection.handle(message);
                    }
                    return null;
                })
                .getPayload();
    }

    /** Passes the name of each document's type, and the document as stored. */
    public void forEach(BiConsumer<String, byte[]> reader) {
        Map<String, DocumentType<?>> byName = new TreeMap<>();
        documents.keySet().forEach(type -> byName.put(type.name(), type));
        byName.values().forEach(type -> forEach(type, reader));
    }

    @SuppressWarnings("unchecked") // under a type stand only its documents
    private <D extends ViewDocument> void forEach(DocumentType<D> type, BiConsumer<String, byte[]> reader) {
        documents.get(type).values().forEach(document -> reader.accept(type.name(), type.encode((D) document)));
    }

    /** Applies batches; nothing reads. */
    private final class Applied implements ViewStore {

        @Override
        public void apply(Batch batch) {
            batch.types().forEach(type -> apply(batch, type));
        }

        @SuppressWarnings("unchecked") // under a type stand only its documents
        private <D extends ViewDocument> void apply(Batch batch, DocumentType<D> type) {
            Map<String, ViewDocument> ofType = documents.computeIfAbsent(type, none -> new TreeMap<>());
            batch.updates(type).forEach(update -> ofType.put(update.id(), update.over((D) ofType.get(update.id()))));
        }

        @Override
        public boolean isShared() {
            return false;
        }

        @Override
        public void declare(List<View> views) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <D extends ViewDocument> Optional<D> find(DocumentType<D> type, String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <D extends ViewDocument> Map<String, D> findAll(DocumentType<D> type, Collection<String> ids) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <D extends ViewDocument> boolean scan(Scan<D> scan, Predicate<D> reader) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LetterStore letters() {
            throw new UnsupportedOperationException();
        }

        @Override
        public TokenStore tokens() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Generations generations(View view) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void note(View view, Generations generations) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void startOver(View view, Slot slot) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <D extends ViewDocument> void each(DocumentType<D> type, Slot slot, String from, Predicate<D> reader) {
            throw new UnsupportedOperationException();
        }
    }
}
