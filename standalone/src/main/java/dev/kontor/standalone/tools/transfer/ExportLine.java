package dev.kontor.standalone.tools.transfer;

import dev.kontor.store.LoggedEvent;
import dev.kontor.store.LoggedRow;
import java.time.Instant;

/**
 * A line of an exported log. The first is the header, then come the events in the order of their positions with a mark
 * after every few thousand, then the rows beside the log, and last the end: a file without it is truncated.
 */
sealed interface ExportLine {

    /**
     * @param log its id
     * @param kontor the version that wrote it
     * @param time when the export began
     */
    record Header(String log, String kontor, Instant time) implements ExportLine {}

    record Event(LoggedEvent event) implements ExportLine {}

    /** The number of events before it, and their chain. */
    record Mark(long events, int chain) implements ExportLine {}

    record Row(LoggedRow row) implements ExportLine {}

    record End(long events, long rows, int chain) implements ExportLine {}
}
