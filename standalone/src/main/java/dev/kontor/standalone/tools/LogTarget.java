package dev.kontor.standalone.tools;

import dev.kontor.standalone.tools.ExportLine.End;
import dev.kontor.store.LoggedEvent;
import dev.kontor.store.LoggedRow;
import java.util.List;

/** Where a log is imported to. */
interface LogTarget extends AutoCloseable {

    /**
     * What log is there.
     *
     * @param head -1 where there is none
     * @param chain at the head
     * @param whole whether nothing is missing beside it
     */
    record LogState(long head, int chain, boolean whole) {

        static final LogState NONE = new LogState(-1, 0, false);

        boolean isAll(End end) {
            return whole && head + 1 == end.events() && chain == end.chain();
        }
    }

    /** As sentences name it. */
    String name();

    /**
     * From now on there is the log of that name, and not whole.
     *
     * @throws ToolException where what is there is not that any more
     */
    void begin(String log, LogState there);

    /** Appends events that follow the ones before. */
    void append(List<LoggedEvent> events);

    /** Makes it whole, with what stands beside it. */
    void finish(End end, List<LoggedRow> rows);

    @Override
    void close();
}
