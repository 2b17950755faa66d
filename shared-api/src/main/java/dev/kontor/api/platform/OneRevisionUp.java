package dev.kontor.api.platform;

import java.util.function.Supplier;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one revision of an event as the next. Of any other event it looks at name and revision, and at nothing else. */
public abstract class OneRevisionUp extends SingleEventUpcaster {

    private final SerializedType before;
    private final SerializedType after;

    /**
     * @param name of the event in the log
     * @param revision that is read, as the one after it
     */
    protected OneRevisionUp(String name, int revision) {
        this.before = new SimpleSerializedType(name, Integer.toString(revision));
        this.after = new SimpleSerializedType(name, Integer.toString(revision + 1));
    }

    /** What is read. */
    public final SerializedType before() {
        return before;
    }

    /** What it is read as. */
    public final SerializedType after() {
        return after;
    }

    /** In a plain sentence, what the new fields become. */
    public abstract String says();

    /** Adds to the fields of an old event what the next revision has more. */
    protected abstract void complete(ObjectNode event, Supplier<MetaData> metaData);

    @Override
    protected final boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(before);
    }

    @Override
    protected final IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(after, JsonNode.class, stored -> {
            // Its own copy: what was read may be shared.
            ObjectNode fields = stored.asObject().deepCopy();
            complete(fields, () -> event.getMetaData().getObject());
            return fields;
        });
    }
}
