package dev.kontor.standalone.platform;

import dev.kontor.store.StoreException;
import dev.kontor.store.StoreFullException;
import dev.kontor.store.StoreInUseException;
import dev.kontor.store.documents.ViewFilesException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Describes in a sentence why the standalone process's stores cannot be opened. {@code StartFailures} describes
 * failures common to all processes.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class EmbeddedStartFailures implements FailureAnalyzer {

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String said = sentenceOf(cause);
            if (said != null) {
                return new FailureAnalysis(said, null, cause);
            }
        }
        return null;
    }

    /** Null if its message is not meant for users. */
    private static String sentenceOf(Throwable cause) {
        return switch (cause) {
            case StoreInUseException inUse -> inUse.getMessage();
            case StoreException unusable -> unusable.getMessage();
            case StoreFullException full -> full.getMessage();
            case ViewFilesException unusable -> unusable.getMessage();
            case UnsatisfiedLinkError link -> "A library of the system cannot be loaded: " + link.getMessage();
            default -> null;
        };
    }
}
