package dev.kontor.side.platform;

import dev.kontor.grpc.platform.FileFailures;
import dev.kontor.grpc.platform.Listeners;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.FileSystemException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;

/** Explains in one sentence why a side cannot start, instead of a stack trace. */
final class SideStartFailures implements FailureAnalyzer {

    private final Environment settings;

    /** @param settings null if the start failed before it had settings */
    SideStartFailures(Environment settings) {
        this.settings = settings;
    }

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        if (waitsForStores() && FailureClassifier.mayPassOf(failure)) {
            return new FailureAnalysis("A store went away during the start. The start begins again.", null, failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String said = sentenceOf(cause);
            if (said != null) {
                return new FailureAnalysis(said, null, cause);
            }
        }
        return null;
    }

    private boolean waitsForStores() {
        return settings != null && settings.matchesProfiles(SpringProfiles.DISTRIBUTED);
    }

    /** Null for a failure without an explanation for operators. */
    private String sentenceOf(Throwable cause) {
        return switch (cause) {
            case IOException port
            when said(port).startsWith("Failed to bind to address") ->
                "gRPC cannot listen. %s: is the port in use? Set another port.".formatted(said(port));
            case BindException foreign
            when Listeners.isForeign(foreign) ->
                "This machine has no address %s to listen on".formatted(settings.getProperty("server.address"));
            case FileSystemException file ->
                "%s cannot be used: %s".formatted(file.getFile(), FileFailures.reason(file));
            case IllegalStateException ours when isOurs(ours) -> ours.getMessage();
            case IllegalArgumentException ours when isOurs(ours) -> ours.getMessage();
            default -> null;
        };
    }

    private static String said(Throwable cause) {
        return String.valueOf(cause.getMessage());
    }

    /** Kontor's own start-up exceptions are about settings and keys, and their messages address the operator. */
    private static boolean isOurs(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith("dev.kontor.");
    }
}
