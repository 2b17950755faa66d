package dev.kontor.standalone.tools.axonserver;

import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.UsageException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The options common to all tools that work on an Axon Server. */
public final class AxonServerOptions {

    public static final String HELP = """
              --server HOST:PORT Axon Server (AXON_AXONSERVER_SERVERS, else localhost:8124)
              --context NAME     a context of it (AXON_AXONSERVER_CONTEXT, else default)
              --database NAME    the database in MongoDB (KONTOR_VIEWS_DATABASE, else kontor)
              --certificate PEM  use TLS, and trust this (AXON_AXONSERVER_CERTFILE)

            An access token is read from AXON_AXONSERVER_TOKEN. The user and password of MongoDB may be in
            SPRING_MONGODB_USERNAME and SPRING_MONGODB_PASSWORD instead of the URI.
            """;

    private static final String AXON_SERVER = "axon-server";

    private AxonServerOptions() {}

    /** The options of a tool for which one of these selects an Axon Server. */
    public static Set<String> optionsWith(String... further) {
        Set<String> options = new TreeSet<>(ServerAddresses.OPTIONS);
        options.add("mongodb");
        options.add("database");
        options.addAll(Arrays.asList(further));
        return options;
    }

    /**
     * Whether the option selects an Axon Server.
     *
     * @throws UsageException for another value, or where it is missing and others depend on it
     */
    public static boolean meant(Arguments arguments, String option) {
        Optional<String> said = arguments.option(option);
        if (said.isEmpty()) {
            for (String useless : ServerAddresses.OPTIONS) {
                if (arguments.option(useless).isPresent()) {
                    throw new UsageException("--%s needs --%s %s".formatted(useless, option, AXON_SERVER));
                }
            }
            return false;
        }
        if (!said.get().equals(AXON_SERVER)) {
            throw new UsageException("--%s knows %s, not '%s'".formatted(option, AXON_SERVER, said.get()));
        }
        return true;
    }

    /** @throws UsageException where neither option nor environment names it */
    public static SidesDatabase mongodb(Arguments arguments, Map<String, String> environment) {
        return findMongodb(arguments, environment)
                .map(uri -> SidesDatabase.open(uri, arguments, environment))
                .orElseThrow(() -> new UsageException("--mongodb is needed: the state beside the log is there"));
    }

    public static Optional<String> findMongodb(Arguments arguments, Map<String, String> environment) {
        return arguments.option("mongodb").or(() -> Optional.ofNullable(environment.get("SPRING_MONGODB_URI")));
    }
}
