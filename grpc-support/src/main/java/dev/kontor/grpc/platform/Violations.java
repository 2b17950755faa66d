package dev.kontor.grpc.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Collects the violations of a request, so that one answer reports all of them. The first
 * {@link RefusedException#MOST_VIOLATIONS} are kept, the others counted.
 */
public final class Violations {

    private final List<RefusedException.Violation> found = new ArrayList<>();
    private int more;

    /** The value, or null after a violation of the field if the supplier throws {@link IllegalArgumentException}. */
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

    /** @throws RefusedException with the violations, if there are any */
    public void refuseIfAny() {
        if (!found.isEmpty()) {
            throw RefusedException.invalid(found, more);
        }
    }
}
