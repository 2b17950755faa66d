package dev.kontor.standalone.platform;

import dev.kontor.side.platform.PausedProcessors;
import dev.kontor.store.Column;
import dev.kontor.store.EmbeddedStore;
import java.util.Set;

/** The paused event processors of the one process, in a column beside the log. */
final class PausedColumn implements PausedProcessors {

    private static final String NAME = "paused-processors";
    private static final byte[] PAUSED = {1};

    private final Column names;

    PausedColumn(EmbeddedStore store) {
        this.names = store.column(NAME);
    }

    @Override
    public Set<String> all() {
        return names.entries().keySet();
    }

    @Override
    public void add(String processor) {
        names.put(processor, PAUSED);
    }

    @Override
    public void remove(String processor) {
        names.delete(processor);
    }
}
