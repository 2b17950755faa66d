package dev.kontor.side.operations;

import dev.kontor.wire.operations.Refused;

/** Says what a failure of some part of this process means to the one who called. */
@FunctionalInterface
public interface FailureTranslation {

    /** Null for what this part does not know. Details name no files, hosts or classes: clients are told, operators read the log. */
    Refused translate(Throwable failure);
}
