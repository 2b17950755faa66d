package dev.kontor.query.platform;

/** A document of a view: a public record that shows one aggregate. Its component {@code id} has {@code @BsonId}. */
public interface ViewDocument {

    /** The aggregate's id. */
    String id();

    /** The sequence number of the last event that the document shows. */
    long version();
}
