package dev.kontor.standalone.operations;

import dev.kontor.store.BookException;
import dev.kontor.store.BookFullException;
import dev.kontor.store.BookInUseException;
import dev.kontor.store.documents.ViewFilesException;
import dev.kontor.wire.operations.FileFailures;
import dev.kontor.wire.operations.Listeners;
import java.net.BindException;
import java.nio.file.FileSystemException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Says in a sentence why the stores of the one JVM cannot be opened. What goes wrong in any process is told by the side's own. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailures implements FailureAnalyzer {

    private final Environment settings;

    StartFailures(Environment settings) {
        this.settings = settings;
    }

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
    private String sentenceOf(Throwable cause) {
        return switch (cause) {
            case BookInUseException inUse -> inUse.getMessage();
            case BookException unusable -> unusable.getMessage();
            case BookFullException full -> full.getMessage();
            case ViewFilesException unusable -> unusable.getMessage();
            case BindException foreign
            when Listeners.isForeign(foreign) ->
                "This machine has no address %s to listen on".formatted(settings.getProperty("server.address"));
            case FileSystemException file ->
                "%s cannot be used: %s".formatted(file.getFile(), FileFailures.reason(file));
            case UnsatisfiedLinkError link -> "A library of the system cannot be loaded: " + link.getMessage();
            default -> null;
        };
    }
}
