package dev.kontor.side.platform;

import java.util.HashSet;
import java.util.Set;

/** The names of paused processors, as two instances share them. */
final class PausedInMemory implements PausedProcessors {

    private final Set<String> names = new HashSet<>();

    @Override
    public synchronized Set<String> all() {
        return Set.copyOf(names);
    }

    @Override
    public synchronized void add(String processor) {
        names.add(processor);
    }

    @Override
    public synchronized void remove(String processor) {
        names.remove(processor);
    }
}
