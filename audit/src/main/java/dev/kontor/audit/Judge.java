package dev.kontor.audit;

/** Verifies one invariant of the log, event by event. */
public interface Judge {

    /** @throws UnreadableException if the event does not have its required shape */
    void on(Event event);

    /**
     * Called after the last event.
     *
     * @param now the time of the audit on the {@link WorkClock}
     */
    default void end(long now) {}
}
