package dev.kontor.standalone.tools;

import dev.kontor.store.BookException;
import dev.kontor.store.LogReader;
import dev.kontor.store.LoggedRow;
import java.util.function.Consumer;

/** The log of a book that nobody writes to. */
record BookOrigin(LogReader log) implements Origin {

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
        } catch (BookException shorter) {
            return false;
        }
    }

    @Override
    public void readBeside(Consumer<LoggedRow> reader) {
        log.readBeside(reader);
    }
}
