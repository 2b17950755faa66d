package dev.kontor.standalone.tools.transfer;

import dev.kontor.store.LogReader;
import dev.kontor.store.LoggedRow;
import java.util.function.Consumer;

/** The source of an export. */
interface LogOrigin {

    /** Identifies the log and every copy of it. */
    String id();

    /** The position of the last event, -1 where there is none. */
    long head();

    /** Reads every event from a position on. */
    void read(long from, LogReader.Visitor visitor);

    /** Whether its first events, at least one, have this number and chain. */
    boolean beginsWith(long events, int chain);

    /** Reads every row beside the log. */
    void readBeside(Consumer<LoggedRow> reader);
}
