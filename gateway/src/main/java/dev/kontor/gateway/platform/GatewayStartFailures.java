package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.FileFailures;
import dev.kontor.grpc.platform.Listeners;
import dev.kontor.grpc.platform.UnusableSetting;
import java.net.BindException;
import java.nio.file.FileSystemException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;

/** Reports in one sentence, without a stack trace, why the gateway cannot start. */
final class GatewayStartFailures implements FailureAnalyzer {

    private final Environment settings;

    GatewayStartFailures(Environment settings) {
        this.settings = settings;
    }

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String said = switch (cause) {
                case UnusableSetting setting -> setting.getMessage();
                case UnusableProof proof -> proof.getMessage();
                case BindException foreign
                when Listeners.isForeign(foreign) ->
                    "This machine has no address %s to listen on".formatted(settings.getProperty("server.address"));
                case FileSystemException file ->
                    "%s cannot be used: %s".formatted(file.getFile(), FileFailures.reason(file));
                default -> null;
            };
            if (said != null) {
                return new FailureAnalysis(said, null, cause);
            }
        }
        return null;
    }
}
