package dev.kontor.api.storage;

import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.UnknownSerializedType;

/**
 * Events with a name that this version does not know: a newer version wrote them. An aggregate never steps over an event
 * of its own, since its state would be wrong. An event processor steps over an event of a feature of which it handles no
 * event.
 */
public final class UnknownEvents {

    private UnknownEvents() {}

    /** The stored type of such an event; empty for an event that this version knows. */
    public static Optional<SerializedType> typeOf(EventMessage<?> event) {
        return event.getPayloadType() == UnknownSerializedType.class
                ? Optional.of(((UnknownSerializedType) event.getPayload()).serializedType())
                : Optional.empty();
    }

    /** The feature of a stored name: {@code order} of {@code order.OrderPlaced}. */
    public static String featureOf(String storedName) {
        int dot = storedName.indexOf('.');
        return dot < 0 ? storedName : storedName.substring(0, dot);
    }

    /** What is thrown where such an event must not be stepped over. */
    public static SerializationException refusal(SerializedType type) {
        return new SerializationException(
                ("The log contains '%s' (revision %s), which this version does not know. A newer version wrote it: run"
                                + " that version, or a later one")
                        .formatted(type.getName(), type.getRevision()));
    }
}
