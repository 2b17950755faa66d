package dev.kontor.gateway.platform;

import java.util.Collections;
import java.util.List;

/**
 * The part of a resource that a change concerns. {@code If-Match} compares its version alone.
 *
 * @param index in the versions of the resource; {@link #ALL} for the resource as a whole
 * @param of number of parts of the resource
 */
public record ResourcePart(int index, int of) {

    private static final int ALL = -1;

    /** The resource as a whole: it has the highest version of its parts. */
    public static ResourcePart all(int of) {
        return new ResourcePart(ALL, of);
    }

    /** @param versions of all parts */
    long version(List<Long> versions) {
        return index == ALL ? Collections.max(versions) : versions.get(index);
    }
}
