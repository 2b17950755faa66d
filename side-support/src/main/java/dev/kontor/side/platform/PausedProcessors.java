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
}
