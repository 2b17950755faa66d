package dev.kontor.standalone.tools;

import dev.kontor.audit.LogSource;
import dev.kontor.standalone.operations.AuditedLog;
import dev.kontor.standalone.tools.axonserver.ServerLog;
import dev.kontor.store.LogReader;
import dev.kontor.store.LoggedEvent;

/** The log of an Axon Server up to a position as the audit's source. The indexes are the server's own. */
record AuditedServer(ServerLog log) implements LogSource {

    @Override
    public long head() {
        return log.head();
    }

    @Override
    public void read(Reader reader) {
        log.read(0, new LogReader.Visitor() {
            @Override
            public void event(LoggedEvent event) {
                reader.event(AuditedLog.raw(event));
            }

            @Override
            public void damage(long position, String what) {
                reader.damage(position, what);
            }
        });
    }

    @Override
    public Files checkFiles(Damages damages) {
        return Files.OUT_OF_REACH;
    }

    @Override
    public void checkIndexes(Damages damages) {
        // Only the server can read its index of aggregates.
    }
}
