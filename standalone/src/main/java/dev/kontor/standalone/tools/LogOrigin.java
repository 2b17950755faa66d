package dev.kontor.standalone.tools;

import dev.kontor.store.LogReader;
import dev.kontor.store.LoggedRow;
import java.util.function.Consumer;

/** A log that is exported. */
interface LogOrigin {

    /** Names the log, in every copy of it. */
    String id();

    /** The position of the last event, -1 where there is none. */
    long head();

    /** Every event from a position on. */
    void read(long from, LogReader.Visitor visitor);

    /** Whether it begins with so many events, one at least, and that is their chain. */
    boolean beginsWith(long events, int chain);

    /** Every row that stands beside the log. */
    void readBeside(Consumer<LoggedRow> reader);
}
