package dev.kontor.side.platform;

import java.util.Set;

/**
 * The names of the event processors that operators have paused. They are durable, and the instances of a side share
 * them.
 */
public interface PausedProcessors {

    Set<String> all();

    void add(String processor);

    void remove(String processor);

    /** None is paused, and none can be. */
    static PausedProcessors none() {
        return new PausedProcessors() {

            @Override
            public Set<String> all() {
                return Set.of();
            }

            @Override
            public void add(String processor) {
                throw new UnsupportedOperationException("No processor can be paused here");
            }

            @Override
            public void remove(String processor) {
                throw new UnsupportedOperationException("No processor can be paused here");
            }
        };
    }
}
