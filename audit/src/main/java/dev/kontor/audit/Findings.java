package dev.kontor.audit;

import java.util.ArrayList;
import java.util.List;

/** Collects checks and violations. All violations are counted, the first ones kept. */
public final class Findings {

    /** The number of violations that are kept. */
    public static final int LISTED = 100;

    private final long[] checked = new long[Invariant.values().length];
    private final long[] violated = new long[checked.length];
    private final List<Violation> listed = new ArrayList<>();

    /**
     * @param position the event's position in the log, -1 if it concerns no single event
     * @param subject the aggregate or document
     */
    public record Violation(Invariant invariant, long position, String subject, String detail) {}

    public void checked(Invariant invariant) {
        checked[invariant.ordinal()]++;
    }

    public void violation(Invariant invariant, long position, String subject, String detail) {
        violated[invariant.ordinal()]++;
        if (hasRoom()) {
            listed.add(new Violation(invariant, position, subject, detail));
        }
    }

    /** Adds a violation of an event's own aggregate. */
    public void violation(Invariant invariant, Event event, String detail) {
        violation(invariant, event.position(), event.subject(), detail);
    }

    /** Whether a further violation would be listed and needs details. */
    public boolean hasRoom() {
        return listed.size() < LISTED;
    }

    public long checkedOf(Invariant invariant) {
        return checked[invariant.ordinal()];
    }

    public long violationsOf(Invariant invariant) {
        return violated[invariant.ordinal()];
    }

    /** In the order in which they were found. */
    public List<Violation> listed() {
        return List.copyOf(listed);
    }
}
