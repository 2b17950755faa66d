package dev.kontor.audit;

/**
 * What the events of one aggregate make of its document in a view. One for each document, so that it may remember what the
 * document does not tell.
 */
public interface AuditProjection {

    /** Sets what the event changes. The version is not its business. */
    void apply(Event event, Fields document);

    /** Where the fields of a document are set. A value is a String, Long, Boolean, {@link Payload}, Map, List or null. */
    interface Fields {

        void set(String name, Object value);

        void unset(String name);
    }
}
