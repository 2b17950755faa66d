package dev.kontor.standalone.operations;

import dev.kontor.side.operations.FailureTranslation;
import dev.kontor.store.BookException;
import dev.kontor.store.BookFullException;
import dev.kontor.store.BookOverloadedException;
import dev.kontor.store.BookStoppedException;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What it means where the book fails. */
@Component
@Order(0)
class BookFailures implements FailureTranslation {

    private static final Logger log = LoggerFactory.getLogger(BookFailures.class);

    @Override
    public Refused translate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case BookOverloadedException overloaded -> {
                    return new Refused(Problem.OVERLOADED, Problem.OVERLOADED.title());
                }
                case BookFullException full -> {
                    return new Refused(
                            Problem.STORAGE_FULL,
                            "Reading goes on. Writing goes on by itself once there is room again");
                }
                case BookStoppedException stopped -> {
                    return new Refused(
                            Problem.STORAGE_FAILED,
                            "A write to the disk failed. Kontor takes no more until it is restarted");
                }
                case BookException unreadable -> {
                    log.error("the book could not be used", unreadable);
                    return new Refused(Problem.STORAGE_FAILED, Problem.STORAGE_FAILED.title());
                }
                default -> {}
            }
        }
        return null;
    }
}
