package dev.kontor.audit;

/** Holds the log, event by event, against something that must be true of it. */
public interface Judge {

    /** @throws UnreadableException where the event does not have the shape it must have */
    void on(Event event);

    /**
     * After the last event.
     *
     * @param now the moment of the audit on the {@link WorkClock}
     */
    default void end(long now) {}
}
