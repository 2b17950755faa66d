package dev.kontor.query.platform;

import java.util.List;
import org.springframework.util.Assert;

/**
 * A view, as the feature package declares it whose events it shows. It is fed by an event processor of the same name.
 *
 * @param schema version of what the projection makes of the log. It must rise with every change of a record of
 *     documents, and of what is in it: a view that was stored with another version is read from the log again
 * @param documents the first has the name of the view
 * @param retired names under which earlier versions stored documents of the view in MongoDB, which stores no schema with them
 */
public record View(String name, int schema, List<DocumentType<?>> documents, List<String> retired) {

    public View {
        documents = List.copyOf(documents);
        retired = List.copyOf(retired);
        Assert.isTrue(schema > 0, "The first schema of a view is 1");
        Assert.isTrue(documents.getFirst().name().equals(name), "The first documents have the name of the view");
    }

    public static View of(String name, int schema, DocumentType<?>... documents) {
        return new View(name, schema, List.of(documents), List.of());
    }

    /** The same, where earlier versions stored documents under these names too: they go when the view starts over. */
    public View insteadOf(String... names) {
        return new View(name, schema, documents, List.of(names));
    }

    @Override
    public String toString() {
        return name;
    }
}
