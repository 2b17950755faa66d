package dev.kontor.audit;

/** A log up to a fixed position, which later events do not change. The audit reads it more than once. */
public interface LogSource {

    /** The position of the last event, -1 if there is none. */
    long head();

    /** Reads every event in the order of positions, and reports all damage to stored events. */
    void read(Reader reader);

    /** Reports all damage to the indexes. */
    void checkIndexes(Damages damages);

    /** Reports all damage to the files of the log and of the rows beside it, whether they have events or not. */
    Files checkFiles(Damages damages);

    /**
     * The files that were verified.
     *
     * @param count -1 if they are out of reach; 0 if all of a young log is still in its write-ahead log
     * @param bytes of all files together
     */
    record Files(int count, long bytes) {

        /** Files of a log that is stored elsewhere. */
        public static final Files OUT_OF_REACH = new Files(-1, 0);
    }

    /** Receives the damage. */
    interface Damages {

        /**
         * The content found here is not what was written.
         *
         * @param position -1 if it concerns no single event
         * @param what as in "is missing"
         */
        void damage(long position, String what);
    }

    /** Receives the log's events. */
    interface Reader extends Damages {

        void event(RawEvent event);
    }
}
