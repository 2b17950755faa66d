package dev.kontor.standalone.operations;

import dev.kontor.audit.LogSource;
import dev.kontor.audit.RawEvent;
import dev.kontor.store.LogReader;
import dev.kontor.store.LoggedEvent;
import dev.kontor.store.StoreException;

/** A log in a folder as the audit's source. Continues after what cannot be read. */
public final class AuditedLog implements LogSource {

    private final LogReader log;

    AuditedLog(LogReader log) {
        this.log = log;
    }

    /** The event as the audit reads it, from a log of any kind. */
    public static RawEvent raw(LoggedEvent event) {
        return new RawEvent(
                event.position(),
                event.eventId(),
                event.time(),
                event.aggregateType(),
                event.aggregateId(),
                event.sequence(),
                event.type(),
                event.revision(),
                event.payload());
    }

    @Override
    public long head() {
        return log.head();
    }

    @Override
    public void read(Reader reader) {
        Reading reading = new Reading(reader);
        long head = log.head();
        for (long from = 0; ; from = reading.next) {
            try {
                log.read(from, reading);
                return;
            } catch (StoreException unreadable) {
                // A block of the file is lost as a whole; reading event by event finds its end.
                do {
                    reader.damage(reading.next, unreadable.getMessage());
                    reading.next++;
                } while (reading.next <= head && !isReadable(reading.next));
                if (reading.next > head) {
                    return;
                }
            }
        }
    }

    private boolean isReadable(long position) {
        try {
            log.chainAt(position);
            return true;
        } catch (StoreException unreadable) {
            return false;
        }
    }

    @Override
    public void checkIndexes(Damages damages) {
        try {
            log.checkIndexes((position, what) -> damages.damage(position, clause(what)));
        } catch (StoreException unreadable) {
            damages.damage(-1, unreadable.getMessage());
        }
    }

    @Override
    public Files checkFiles(Damages damages) {
        LogReader.Tables tables = log.checkTables(what -> damages.damage(-1, what));
        return new Files(tables.files(), tables.bytes());
    }

    /** Without the position, which is reported beside it. */
    private static String clause(String what) {
        return what.replaceFirst("^The event at position \\d+ ", "");
    }

    private static final class Reading implements LogReader.Visitor {

        private final Reader reader;
        /** The position after the last event that was visited. */
        private long next;

        Reading(Reader reader) {
            this.reader = reader;
        }

        @Override
        public void event(LoggedEvent event) {
            next = event.position() + 1;
            reader.event(raw(event));
        }

        @Override
        public void damage(long position, String what) {
            next = Math.max(next, position + 1);
            reader.damage(position, clause(what));
        }
    }
}
