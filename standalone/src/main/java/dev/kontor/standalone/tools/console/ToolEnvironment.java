package dev.kontor.standalone.tools.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The environment of a tool: its variables and, as in every image of Kontor, secrets in files named like Spring's
 * properties. A variable overrides a file.
 */
public final class ToolEnvironment {

    private static final Path SECRETS = Path.of("/run/secrets");

    private static final Map<String, String> VARIABLES = Map.of(
            "spring.mongodb.uri", "SPRING_MONGODB_URI",
            "axon.axonserver.token", "AXON_AXONSERVER_TOKEN");

    private ToolEnvironment() {}

    public static Map<String, String> ofThisProcess() {
        return with(System.getenv(), SECRETS);
    }

    static Map<String, String> with(Map<String, String> variables, Path secrets) {
        Map<String, String> all = new HashMap<>(variables);
        VARIABLES.forEach((file, variable) -> {
            Path secret = secrets.resolve(file);
            if (Files.isRegularFile(secret)) {
                all.putIfAbsent(variable, read(secret));
            }
        });
        return Map.copyOf(all);
    }

    /** Of this program, as its jar says. */
    public static String version() {
        String version = ToolEnvironment.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    private static String read(Path secret) {
        try {
            return Files.readString(secret).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
