package dev.kontor.store;

import java.time.Duration;
import java.util.List;

/** Told of every group of writes, on the thread that writes: everybody waits for it, so it must be quick and not fail. */
public interface StoreListener {

    /** Watches nothing. */
    StoreListener NONE = new StoreListener() {};

    /**
     * What is written with one sync.
     *
     * @param requests how many units of work
     * @param events how many events of all of them
     * @param bytes of all rows, keys and events
     */
    record Group(int requests, int events, long bytes) {}

    /** Tells each of them, in this order. */
    static StoreListener all(List<StoreListener> watchers) {
        List<StoreListener> each = List.copyOf(watchers);
        return new StoreListener() {
            @Override
            public void writing(Group group) {
                each.forEach(watcher -> watcher.writing(group));
            }

            @Override
            public void written(Group group, Duration took) {
                each.forEach(watcher -> watcher.written(group, took));
            }
        };
    }

    /** Nothing of it is on the disk yet. */
    default void writing(Group group) {}

    /** All of it is durable, and nobody has been told. */
    default void written(Group group, Duration took) {}
}
