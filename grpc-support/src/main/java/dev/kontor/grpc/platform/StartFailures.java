package dev.kontor.grpc.platform;

import java.net.BindException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Explains in one sentence why a process cannot start, instead of a stack trace. The type of the exception decides: any
 * type that is not listed is a defect, and its stack trace is shown.
 */
// After the analyzers that know one kind of process.
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class StartFailures extends CauseAnalyzer {

    private static final List<String> ADDRESSES = List.of("server.address", "management.server.address");

    private final Environment settings;

    /** @param settings null if the start failed before it had settings */
    StartFailures(Environment settings) {
        this.settings = settings;
    }

    @Override
    protected String sentenceOf(Throwable cause) {
        return switch (cause) {
            case StartException start -> start.getMessage();
            case BindException address ->
                foreignAddress()
                        .map("This machine has no address %s to listen on"::formatted)
                        .orElse(null);
            case FileSystemException file ->
                "%s cannot be used: %s".formatted(file.getFile(), FileFailures.reason(file));
            default -> null;
        };
    }

    private Optional<String> foreignAddress() {
        return settings == null
                ? Optional.empty()
                : ADDRESSES.stream()
                        .map(settings::getProperty)
                        .filter(address -> address != null && !Listeners.isOfThisMachine(address))
                        .findFirst();
    }
}
