package dev.kontor.side.platform;

import dev.kontor.grpc.platform.RefusedException;

/** Says what a failure of some part of this process means to the one who called. */
@FunctionalInterface
public interface FailureTranslation {

    /** Null for what this part does not know. Details name no files, hosts or classes: clients are told, operators read the log. */
    RefusedException translate(Throwable failure);
}
