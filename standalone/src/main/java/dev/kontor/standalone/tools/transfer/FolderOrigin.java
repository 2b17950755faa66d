package dev.kontor.standalone.tools.transfer;

import dev.kontor.store.LogReader;
import dev.kontor.store.LoggedRow;
import dev.kontor.store.StoreException;
import java.util.function.Consumer;

/** The log of an event store without a writer. */
record FolderOrigin(LogReader log) implements LogOrigin {

    @Override
    public String id() {
        return log.id();
    }

    @Override
    public long head() {
        return log.head();
    }

    @Override
    public void read(long from, LogReader.Visitor visitor) {
        log.read(from, visitor);
    }

    @Override
    public boolean beginsWith(long events, int chain) {
        try {
            return log.chainAt(events - 1) == chain;
        } catch (StoreException shorter) {
            return false;
        }
    }

    @Override
    public void readBeside(Consumer<LoggedRow> reader) {
        log.readBeside(reader);
    }
}
