package dev.kontor.query.platform;

import java.util.List;
import org.springframework.util.Assert;

/**
 * A view, declared by the feature package that projects it. An event processor of the same name feeds it.
 *
 * @param schema the version of the projection's documents. It must rise with every change of a document record or
 *     of its content: a view that was stored with another version is rebuilt
 * @param documents the first has the name of the view; none for a {@link LocalView}
 * @param retired names under which earlier versions stored documents of the view in MongoDB, if they have no
 *     schema
 */
public record View(String name, int schema, List<DocumentType<?>> documents, List<String> retired) {

    public View {
        documents = List.copyOf(documents);
        retired = List.copyOf(retired);
        Assert.isTrue(schema > 0, "The first schema of a view is 1");
        Assert.isTrue(
                documents.isEmpty() || documents.getFirst().name().equals(name),
                "The first documents have the name of the view");
    }

    public static View of(String name, int schema, DocumentType<?>... documents) {
        return new View(name, schema, List.of(documents), List.of());
    }

    /** A view that is no documents of the {@link ViewStore}: a {@link LocalView} of each process. */
    public static View local(String name, int schema) {
        return new View(name, schema, List.of(), List.of());
    }

    public boolean isLocal() {
        return documents.isEmpty();
    }

    /** Adds names under which earlier versions stored documents: they are deleted when the view starts over. */
    public View insteadOf(String... names) {
        return new View(name, schema, documents, List.of(names));
    }

    @Override
    public String toString() {
        return name;
    }
}
