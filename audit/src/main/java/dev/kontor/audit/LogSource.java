package dev.kontor.audit;

/** A log that nobody writes to meanwhile: of a stopped system, or a copy. It is read more than once. */
public interface LogSource {

    /** The position of the last event, -1 where there is none. */
    long head();

    /** Every event in the order of positions, and everything that is wrong with the events as they are stored. */
    void read(Reader reader);

    /** Everything that is wrong with what events are found by. */
    void checkIndexes(Damages damages);

    /**
     * Everything that is wrong with the files that the log and what stands beside it are kept in, whether an event is in
     * them or not.
     */
    Files checkFiles(Damages damages);

    /**
     * The files that were looked at.
     *
     * @param count -1 where they are out of reach; 0 where all of a young log is in its log of writes yet
     * @param bytes of all of them together
     */
    record Files(int count, long bytes) {

        /** The log is kept elsewhere, and its files are out of reach. */
        public static final Files OUT_OF_REACH = new Files(-1, 0);
    }

    /** Is told what is wrong. */
    interface Damages {

        /**
         * What stands here, or does not stand here, is not what was written.
         *
         * @param position -1 where it is about no one event
         * @param what as in "is missing"
         */
        void damage(long position, String what);
    }

    /** Sees the log as it is read. */
    interface Reader extends Damages {

        void event(RawEvent event);
    }
}
