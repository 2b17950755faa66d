package dev.kontor.store;

import java.time.Duration;

/** Told of every group of writes, on the thread that writes: everybody waits for it, so it must be quick and not fail. */
public interface BookWatcher {

    /** Watches nothing. */
    BookWatcher NONE = new BookWatcher() {};

    /**
     * What is written with one sync.
     *
     * @param requests how many units of work
     * @param events how many events of all of them
     * @param bytes of all rows, keys and events
     */
    record Group(int requests, int events, long bytes) {}

    /** Nothing of it is on the disk yet. */
    default void writing(Group group) {}

    /** All of it is durable, and nobody has been told. */
    default void written(Group group, Duration took) {}
}
