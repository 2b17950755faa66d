package dev.kontor.command.platform;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** Writes JSON into a log under any name and revision, as another version may have done. */
public final class StoredBefore extends Jackson3Serializer {

    /** Written verbatim. */
    public record Json(@JsonValue @JsonRawValue String json) {}

    private final SerializedType type;

    public StoredBefore(String name, String revision) {
        super(builder());
        this.type = new SimpleSerializedType(name, revision);
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature is Axon's
    public SerializedType typeForClass(Class type) {
        return type == Json.class ? this.type : super.typeForClass(type);
    }
}
