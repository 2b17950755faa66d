package dev.kontor.standalone.platform;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.side.platform.FailureTranslation;
import dev.kontor.store.StoreException;
import dev.kontor.store.StoreFullException;
import dev.kontor.store.StoreOverloadedException;
import dev.kontor.store.StoreStoppedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Translates failures of the event store to problems. */
@Component
@Order(0)
class EmbeddedStoreFailures implements FailureTranslation {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedStoreFailures.class);

    @Override
    public RefusedException translate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case StoreOverloadedException overloaded -> {
                    return new RefusedException(Problem.OVERLOADED, Problem.OVERLOADED.title());
                }
                case StoreFullException full -> {
                    return new RefusedException(
                            Problem.STORAGE_FULL,
                            "Reads continue. Writes resume by themselves once there is space again");
                }
                case StoreStoppedException stopped -> {
                    return new RefusedException(
                            Problem.STORAGE_FAILED,
                            "A write to the disk failed. Kontor takes no more until it is restarted");
                }
                case StoreException unreadable -> {
                    log.error("the event store could not be used", unreadable);
                    return new RefusedException(Problem.STORAGE_FAILED, Problem.STORAGE_FAILED.title());
                }
                default -> {}
            }
        }
        return null;
    }
}
