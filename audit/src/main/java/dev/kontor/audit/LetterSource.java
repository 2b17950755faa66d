package dev.kontor.audit;

/**
 * The dead letters of views, policies and sagas: events that were put aside because they could not be handled. They are
 * read after the tokens of the views and before the documents.
 */
@FunctionalInterface
public interface LetterSource {

    /** Passes every letter, in any order. */
    void forEach(Reader reader);

    /** Receives the letters. */
    interface Reader {

        /**
         * @param queue the name of the view or of the processor
         * @param sequence for a view the id of the event's aggregate
         * @param position of the event
         */
        void letter(String queue, String sequence, long position);
    }
}
