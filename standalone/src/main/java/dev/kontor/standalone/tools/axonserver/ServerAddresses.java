package dev.kontor.standalone.tools.axonserver;

import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.console.UsageException;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The address of Axon Server and the credentials: from options, else from the command side's environment.
 *
 * @param servers at least one; where there are several, any of them
 * @param token null where the server requires none
 * @param certificate in PEM, the server's own or that of its issuer; null for an unencrypted connection
 */
public record ServerAddresses(List<ServerAddress> servers, String context, String token, Path certificate) {

    /**
     * The options that it uses. The token is not one, because other users of a machine see the arguments of a process.
     */
    static final Set<String> OPTIONS = Set.of("server", "context", "certificate");

    private static final int PORT = 8124;

    /** @throws UsageException for an invalid address */
    public static ServerAddresses of(Arguments arguments, Map<String, String> environment) {
        String servers = arguments
                .option("server")
                .or(() -> Optional.ofNullable(environment.get("AXON_AXONSERVER_SERVERS")))
                .orElse("localhost");
        String context = arguments
                .option("context")
                .or(() -> Optional.ofNullable(environment.get("AXON_AXONSERVER_CONTEXT")))
                .orElse("default");
        String token = environment.getOrDefault("AXON_AXONSERVER_TOKEN", "");
        Path certificate = arguments
                .option("certificate")
                .or(() -> Optional.ofNullable(environment.get("AXON_AXONSERVER_CERTFILE")))
                .map(Arguments::absolute)
                .orElse(null);
        if (certificate != null && !Files.isRegularFile(certificate)) {
            throw new ToolException("There is no file %s".formatted(certificate));
        }
        return new ServerAddresses(
                Arrays.stream(servers.split(",")).map(ServerAddresses::address).toList(),
                context,
                token.isEmpty() ? null : token,
                certificate);
    }

    private static ServerAddress address(String text) {
        String given = text.strip();
        int colon = given.endsWith("]") ? -1 : given.lastIndexOf(':');
        try {
            int port = colon < 0 ? PORT : Integer.parseInt(given.substring(colon + 1));
            String host = colon < 0 ? given : given.substring(0, colon);
            // An IPv6 address contains colons: only its brackets separate it from the port.
            boolean isBare = host.contains(":") && !(host.startsWith("[") && host.endsWith("]"));
            if (host.isEmpty() || isBare || port < 1 || port > 0xFFFF) {
                throw new UsageException("'%s' is no HOST:PORT".formatted(given));
            }
            return new ServerAddress(host, port);
        } catch (NumberFormatException e) {
            throw new UsageException("'%s' is no HOST:PORT".formatted(given));
        }
    }

    /** Its name in messages. */
    String name() {
        return "Axon Server at "
                + servers.stream()
                        .map(server -> server.getHostName() + ":" + server.getGrpcPort())
                        .collect(Collectors.joining(","))
                + (context.equals("default") ? "" : " (context " + context + ")");
    }
}
