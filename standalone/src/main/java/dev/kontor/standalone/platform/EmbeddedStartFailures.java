package dev.kontor.standalone.platform;

import dev.kontor.grpc.platform.FileFailures;
import dev.kontor.grpc.platform.Listeners;
import dev.kontor.store.StoreException;
import dev.kontor.store.StoreFullException;
import dev.kontor.store.StoreInUseException;
import dev.kontor.store.documents.ViewFilesException;
import java.net.BindException;
import java.nio.file.FileSystemException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Describes in a sentence why the standalone process's stores cannot be opened. The sides' own analyzers describe
 * failures common to all processes.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class EmbeddedStartFailures implements FailureAnalyzer {

    private final Environment settings;

    EmbeddedStartFailures(Environment settings) {
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

    /** Null where its message is not meant for users. */
    private String sentenceOf(Throwable cause) {
        return switch (cause) {
            case StoreInUseException inUse -> inUse.getMessage();
            case StoreException unusable -> unusable.getMessage();
            case StoreFullException full -> full.getMessage();
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
