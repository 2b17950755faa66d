package dev.kontor.grpc.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Gathers everything that is wrong with a request, so that a client is told all of it at once. The first
 * {@link RefusedException#MOST_VIOLATIONS} are kept, the others counted.
 *
 * <p>Values are made through {@link #at}; a value type that throws {@link IllegalArgumentException} adds a violation at
 * the field named. {@link #refuseIfAny} ends the gathering.
 */
public final class Violations {

    private final List<RefusedException.Violation> found = new ArrayList<>();
    private int more;

    /** The value, or null with a violation noted. */
    public <T> T at(String field, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            add(field, e.getMessage());
            return null;
        }
    }

    public void add(String field, String message) {
        if (found.size() < RefusedException.MOST_VIOLATIONS) {
            found.add(new RefusedException.Violation(field, message));
        } else {
            more++;
        }
    }

    /** @throws RefusedException with the violations, where there is one */
    public void refuseIfAny() {
        if (!found.isEmpty()) {
            throw RefusedException.invalid(found, more);
        }
    }
}
