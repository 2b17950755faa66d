package dev.kontor.api.platform;

import java.util.function.Supplier;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Upcasts one revision of an event to the next. Of any other event it reads only name and revision. */
public abstract class OneRevisionUp extends SingleEventUpcaster {

    private final SerializedType before;
    private final SerializedType after;

    /**
     * @param name of the event in the log
     * @param revision the older revision; the result is the one after it
     */
    protected OneRevisionUp(String name, int revision) {
        this.before = new SimpleSerializedType(name, Integer.toString(revision));
        this.after = new SimpleSerializedType(name, Integer.toString(revision + 1));
    }

    public final SerializedType before() {
        return before;
    }

    public final SerializedType after() {
        return after;
    }

    /** The values of the new fields, in a plain sentence. */
    public abstract String says();

    /** Adds the fields of the next revision to an old event. */
    protected abstract void complete(ObjectNode event, Supplier<MetaData> metaData);

    @Override
    protected final boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(before);
    }

    @Override
    protected final IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(after, JsonNode.class, stored -> {
            // A copy: the stored object may be shared.
            ObjectNode fields = stored.asObject().deepCopy();
            complete(fields, () -> event.getMetaData().getObject());
            return fields;
        });
    }
}
