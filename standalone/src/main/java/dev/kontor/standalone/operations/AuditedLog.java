package dev.kontor.standalone.operations;

import dev.kontor.audit.LogSource;
import dev.kontor.audit.RawEvent;
import dev.kontor.store.LogReader;
import dev.kontor.store.LoggedEvent;

/** A log in a folder, as the audit reads it. */
final class AuditedLog implements LogSource {

    private final LogReader log;

    AuditedLog(LogReader log) {
        this.log = log;
    }

    @Override
    public long head() {
        return log.head();
    }

    @Override
    public void read(Reader reader) {
        log.read(0, new LogReader.Visitor() {
            @Override
            public void event(LoggedEvent event) {
                reader.event(new RawEvent(
                        event.position(),
                        event.eventId(),
                        event.time(),
                        event.aggregateType(),
                        event.aggregateId(),
                        event.sequence(),
                        event.type(),
                        event.revision(),
                        event.payload()));
            }

            @Override
            public void damage(long position, String what) {
                reader.damage(position, what);
            }
        });
    }
}
