package dev.kontor.audit;

/**
 * Projects the events of one aggregate into its document in a view. One instance per document, so it may keep state
 * that the document does not show.
 */
public interface AuditProjection {

    /** Sets what the event changes, except the version. */
    void apply(Event event, Fields document);

    /** Sets the fields of a document. A value is a String, Long, Boolean, {@link Payload}, Map, List or null. */
    interface Fields {

        void set(String name, Object value);

        void unset(String name);
    }
}
