package dev.kontor.side.platform;

import dev.kontor.grpc.platform.RefusedException;

/** Translates a failure inside this process for its caller. */
@FunctionalInterface
public interface FailureTranslation {

    /**
     * Null for an unknown failure. Details name no files, hosts or classes: clients read them; operators read the log.
     */
    RefusedException translate(Throwable failure);
}
