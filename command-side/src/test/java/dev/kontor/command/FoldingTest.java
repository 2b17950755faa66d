package dev.kontor.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import dev.kontor.api.platform.StoredEvents;
import dev.kontor.command.platform.LoggedAggregates;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.spring.stereotype.Aggregate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each file in {@code folding} is a history of one aggregate, as stored, with its state after each event. A failing
 * test means that events of existing logs lead to another state: then raise the aggregate's {@code @Revision}, so that
 * snapshots of the old state are ignored. An event keeps the revision in which it was written ({@code "revision"}, 1
 * where it is absent). To write the states of a new revision, and of events that have none yet:
 * {@code ./mvnw -pl command-side -am test -Dtest=FoldingTest -Dsurefire.failIfNoSpecifiedTests=false -Dfolding.write=true}.
 */
class FoldingTest {

    private static final Path HISTORIES = Path.of("src/test/resources/folding");
    private static final Serializer STORED = LoggedAggregates.todaysJson();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            // The state of an aggregate without snapshots is its fields.
            .changeDefaultVisibility(visible -> visible.withVisibility(PropertyAccessor.FIELD, Visibility.ANY))
            .build();

    static List<String> histories() throws IOException {
        try (Stream<Path> files = Files.list(HISTORIES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Set<Class<?>> aggregates() throws ClassNotFoundException {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Aggregate.class));
        Set<Class<?>> found = new HashSet<>();
        for (BeanDefinition candidate : scanner.findCandidateComponents("dev.kontor.command")) {
            found.add(Class.forName(candidate.getBeanClassName()));
        }
        return found;
    }

    /** {@code order.Order.cancelled.json} is a history of {@code Order}. */
    private static String aggregateOf(String history) {
        return history.split("\\.")[1];
    }

    private static Object read(JsonNode entry) {
        JsonNode payload = entry.get("payload");
        String revision = entry.path("revision").asString("1");
        Object event = StoredEvents.read(
                new SimpleSerializedObject<>(
                        payload.toString(), String.class, entry.get("event").asString(), revision),
                MetaData.emptyInstance());
        if (STORED.typeForClass(event.getClass()).getRevision().equals(revision)) {
            assertThat(JSON.readTree(STORED.serialize(event, String.class).getData()))
                    .as("the history has all fields of the event, and no other")
                    .isEqualTo(payload);
        }
        return event;
    }

    /**
     * Sets the state after each event.
     *
     * @param onlyNew keeps the states that are there
     */
    private static <T> void fold(Class<T> type, JsonNode history, boolean onlyNew) throws ReflectiveOperationException {
        AggregateModel<T> model = AnnotatedAggregateMetaModelFactory.inspectAggregate(type);
        Constructor<T> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        T aggregate = constructor.newInstance();
        for (int sequence = 0; sequence < history.size(); sequence++) {
            JsonNode entry = history.get(sequence);
            DomainEventMessage<?> event = new GenericDomainEventMessage<>(
                    type.getSimpleName(),
                    "the aggregate",
                    sequence,
                    read(entry),
                    MetaData.emptyInstance(),
                    "event " + sequence,
                    Instant.parse(entry.get("at").asString()));
            model.publish(event, aggregate);
            if (!onlyNew || !entry.has("state")) {
                ((ObjectNode) entry).set("state", JSON.valueToTree(aggregate));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("histories")
    void events_fold_to_the_state_that_they_always_had(String name) throws Exception {
        Class<?> aggregate = aggregates().stream()
                .filter(type -> type.getSimpleName().equals(aggregateOf(name)))
                .findFirst()
                .orElseThrow();
        String revision = STORED.typeForClass(aggregate).getRevision();
        if (Boolean.getBoolean("folding.write")) {
            ObjectNode written = stored(name);
            boolean sameRevision =
                    revision != null && revision.equals(written.path("revision").asString(null));
            fold(aggregate, written.get("events"), sameRevision);
            written.put("revision", revision);
            Files.writeString(HISTORIES.resolve(name), text(written));
        }

        ObjectNode folded = stored(name).put("revision", revision);
        fold(aggregate, folded.get("events"), false);

        assertThat(text(folded))
                .as("%s: its events lead to another state. Raise the @Revision of %s, and run with -Dfolding.write=true"
                        .formatted(name, aggregate.getSimpleName()))
                .isEqualTo(Files.readString(HISTORIES.resolve(name)));
    }

    private static ObjectNode stored(String name) throws IOException {
        return JSON.readTree(Files.readString(HISTORIES.resolve(name))).asObject();
    }

    private static String text(ObjectNode history) {
        return JSON.writeValueAsString(history) + "\n";
    }

    @Test
    void every_event_that_an_aggregate_folds_is_in_a_history() throws Exception {
        Set<String> told = new TreeSet<>();
        for (String name : histories()) {
            stored(name)
                    .get("events")
                    .forEach(entry -> told.add(
                            aggregateOf(name) + " " + read(entry).getClass().getSimpleName()));
        }
        Set<String> handled = aggregates().stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(EventSourcingHandler.class))
                        .map(FoldingTest::named))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(told).containsAll(handled);
    }

    private static String named(Method handler) {
        return handler.getDeclaringClass().getSimpleName() + " " + handler.getParameterTypes()[0].getSimpleName();
    }
}
