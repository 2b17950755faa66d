package dev.kontor.gateway.platform;

import java.util.List;

/**
 * A body that shows one resource. Its answers have an {@code ETag}, from the versions of its parts and a hash of the
 * body.
 */
public interface SingleResource {

    /** The versions of all parts, in the order of their {@link ResourcePart}. */
    List<Long> versions();

    /** The ids of customers whose personal data the body shows, beside the caller's. */
    default List<String> shownCustomers() {
        return List.of();
    }

    /** Whether all callers get the same body, without a token. */
    default boolean forEveryone() {
        return false;
    }
}
