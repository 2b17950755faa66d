package dev.kontor.standalone.tools.transfer;

import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.transfer.ExportLine.End;
import dev.kontor.store.LoggedEvent;
import dev.kontor.store.LoggedRow;
import java.util.List;

/** The target of an import. */
interface LogTarget extends AutoCloseable {

    /**
     * The log in the target.
     *
     * @param head -1 where there is none
     * @param chain at the head
     * @param whole whether the rows beside it are complete
     */
    record LogState(long head, int chain, boolean whole) {

        static final LogState NONE = new LogState(-1, 0, false);

        boolean isAll(End end) {
            return whole && head + 1 == end.events() && chain == end.chain();
        }
    }

    /** Its name in messages. */
    String name();

    /**
     * Marks the target as an incomplete copy of the log of that name.
     *
     * @throws ToolException where its state is no longer the given one
     */
    void begin(String log, LogState there);

    /** Appends events that follow the previous ones. */
    void append(List<LoggedEvent> events);

    /** Completes it with the rows beside the log. */
    void finish(End end, List<LoggedRow> rows);

    @Override
    void close();
}
