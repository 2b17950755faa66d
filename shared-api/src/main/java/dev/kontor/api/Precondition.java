package dev.kontor.api;

import java.util.List;

/**
 * What a caller requires of the part that a command changes: one of these versions. Otherwise the command is refused
 * with {@link Refusal.PreconditionFailed}. A command without a precondition has null.
 *
 * @param versions at most {@value #MOST_VERSIONS}; empty if the caller names none that this part can have
 */
public record Precondition(List<Long> versions) {

    public static final int MOST_VERSIONS = 20;

    public Precondition {
        versions = List.copyOf(versions);
        if (versions.size() > MOST_VERSIONS) {
            throw new IllegalArgumentException("must name at most %d versions".formatted(MOST_VERSIONS));
        }
    }

    public boolean isMetBy(long version) {
        return versions.contains(version);
    }
}
