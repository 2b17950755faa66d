package dev.kontor.standalone.operations;

import dev.kontor.store.BookException;
import dev.kontor.store.BookFullException;
import dev.kontor.store.BookInUseException;
import dev.kontor.store.documents.ViewFilesException;
import java.nio.file.FileSystemException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in a sentence why the stores of the one JVM cannot be opened. What goes wrong in any process is told by the side's own. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailures implements FailureAnalyzer {

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

    /** Null where it was not made for people. */
    private static String sentenceOf(Throwable cause) {
        return switch (cause) {
            case BookInUseException inUse -> inUse.getMessage();
            case BookException unusable -> unusable.getMessage();
            case BookFullException full -> full.getMessage();
            case ViewFilesException unusable -> unusable.getMessage();
            case FileSystemException file -> "The data folder cannot be used: " + file;
            default -> null;
        };
    }
}
