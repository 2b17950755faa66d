package dev.kontor.api.platform;

import dev.kontor.api.cart.CartEvent;
import dev.kontor.api.cart.CartId;
import dev.kontor.api.catalog.ProductEvent;
import dev.kontor.api.catalog.ShopEvent;
import dev.kontor.api.catalog.ShopId;
import dev.kontor.api.customer.CustomerEvent;
import dev.kontor.api.identity.AdminsEvent;
import dev.kontor.api.identity.AdminsId;
import dev.kontor.api.identity.CredentialsEvent;
import dev.kontor.api.identity.CredentialsId;
import dev.kontor.api.identity.EmailEvent;
import dev.kontor.api.identity.SessionEvent;
import dev.kontor.api.identity.SigningKeyEvent;
import dev.kontor.api.identity.SigningKeysId;
import dev.kontor.api.operations.OperatorEvent;
import dev.kontor.api.operations.OperatorsId;
import dev.kontor.api.order.OrderEvent;
import dev.kontor.api.request.KeyedRequestEvent;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.api.storage.Upcasters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every event of every aggregate, with each value at each of its bounds, and every older revision as it is read today.
 * The events come from {@link StoredTypes}, so that new ones are included; each is serialized to stored JSON and back.
 */
public final class EveryEvent {

    private static final StoredTypes TYPES = StoredTypes.events();
    private static final StoredJson STORED = StoredJson.of(TYPES);
    private static final JsonMapper JSON = new JsonMapper();

    private EveryEvent() {}

    /**
     * A history of one aggregate: its first event, with ordinary values, and then the event under test.
     *
     * @param name for test output
     * @param stored the events of one aggregate as in a log, in their revisions; the last one is at the bounds
     */
    public record History(String name, List<SerializedObject<String>> stored) {

        /** As they are read from a log. */
        public List<Object> events() {
            return stored.stream().map(EveryEvent::read).toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** By the stored name of the event under test. */
    public static Map<String, List<History>> histories() {
        Map<String, List<History>> all = new TreeMap<>();
        TYPES.all().forEach((name, type) -> all.put(name, histories(name, type)));
        Upcasters.ALL.forEach(upcaster ->
                all.put(upcaster.before().getName() + "." + upcaster.before().getRevision(), olderHistories(upcaster)));
        return all;
    }

    /** The identifier of an event's aggregate. */
    public static String aggregateOf(Object event) {
        return switch (event) {
            case ProductEvent product -> product.productId().value();
            case ShopEvent shop -> new ShopId().toString();
            case OrderEvent order -> order.orderId().value();
            case CartEvent cart -> new CartId(cart.customerId()).toString();
            case CustomerEvent customer -> customer.customerId().value();
            case CredentialsEvent credentials -> new CredentialsId(credentials.customerId()).toString();
            case SessionEvent session -> session.sessionId().value();
            case EmailEvent email -> email.emailKey().toString();
            case AdminsEvent admins -> new AdminsId().toString();
            case SigningKeyEvent keys -> new SigningKeysId().toString();
            case KeyedRequestEvent request -> request.requestId().toString();
            case OperatorEvent operators -> new OperatorsId().toString();
            default -> throw new IllegalArgumentException("No aggregate is known for " + event);
        };
    }

    private static List<History> histories(String name, Class<?> type) {
        return histories(name, type, event -> event);
    }

    private static List<History> olderHistories(OneRevisionUp upcaster) {
        return histories(
                upcaster.before().toString(),
                TYPES.typeOf(upcaster.before().getName()).orElseThrow(),
                event -> older(event, upcaster));
    }

    private static List<History> histories(
            String name, Class<?> type, UnaryOperator<SerializedObject<String>> revision) {
        List<History> histories = new ArrayList<>();
        int variants = new Bounds().variantsOf(type);
        for (int variant = 0; variant < variants; variant++) {
            Bounds bounds = new Bounds();
            SerializedObject<String> event = revision.apply(stored(bounds.of(type, variant)));
            Object begin = bounds.of(beginOf(type), Bounds.ORDINARY);
            histories.add(new History(
                    name + " " + variant, begin.getClass() == type ? List.of(event) : List.of(stored(begin), event)));
        }
        return histories;
    }

    /** The first event of an aggregate of this family: the one declared first. */
    private static Class<?> beginOf(Class<?> event) {
        return event.getInterfaces()[0].getPermittedSubclasses()[0];
    }

    private static SerializedObject<String> stored(Object event) {
        return STORED.serialize(event, String.class);
    }

    /** As the older revision stored it, with fewer fields. */
    private static SerializedObject<String> older(SerializedObject<String> event, OneRevisionUp upcaster) {
        JsonNode json = JSON.readTree(event.getData());
        retain(
                json,
                shapes().get(upcaster.before().getName() + " "
                        + upcaster.before().getRevision()));
        return new SimpleSerializedObject<>(json.toString(), String.class, upcaster.before());
    }

    /** Removes the fields, also of nested objects, that a schema does not have. */
    private static void retain(JsonNode json, JsonNode shape) {
        if (json instanceof ObjectNode object) {
            object.retain(List.copyOf(shape.propertyNames()));
            object.forEachEntry((name, value) -> retain(value, shape.get(name)));
        } else if (json.isArray()) {
            json.forEach(member -> retain(member, shape.get(0)));
        }
    }

    private static JsonNode shapes() {
        try (InputStream shapes = EveryEvent.class.getResourceAsStream("/shapes.json")) {
            return JSON.readTree(shapes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object read(SerializedObject<String> event) {
        return StoredEvents.read(event, MetaData.emptyInstance());
    }
}
