package dev.kontor.store;

import java.time.Duration;
import java.util.List;

/** Is notified of every group of writes, on the committer's thread: it must be quick and must not fail. */
public interface StoreListener {

    /** Does nothing. */
    StoreListener NONE = new StoreListener() {};

    /**
     * The writes of one sync.
     *
     * @param requests the number of units of work
     * @param events the number of events of all of them
     * @param bytes of all rows, keys and events
     */
    record Group(int requests, int events, long bytes) {}

    /** Notifies each of them, in this order. */
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

    /** Called before anything of the group is written. */
    default void writing(Group group) {}

    /** Called when the group is durable and no writer has been notified. */
    default void written(Group group, Duration took) {}
}
