package dev.kontor.audit.platform;

import dev.kontor.audit.AuditProjection;
import dev.kontor.audit.Event;
import dev.kontor.audit.Hash;
import java.util.List;

/** A document as far as the log was read: each field as its contribution to the document's hash, to save memory. */
final class Unfinished implements AuditProjection.Fields {

    static final String VERSION = "version";

    private final List<String> names;
    private final AuditProjection shape;
    private final long[] fields;

    Unfinished(Collection collection) {
        this.names = collection.fields();
        this.shape = collection.newShape();
        this.fields = new long[names.size()];
    }

    void on(Event event) {
        shape.apply(event, this);
    }

    @Override
    public void set(String name, Object value) {
        fields[names.indexOf(name)] = Hash.field(name, value);
    }

    @Override
    public void unset(String name) {
        fields[names.indexOf(name)] = 0;
    }

    long hashAt(long version) {
        long sum = Hash.field(VERSION, version);
        for (long field : fields) {
            sum += field;
        }
        return sum;
    }
}
