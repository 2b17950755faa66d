package dev.kontor.standalone.tools;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What tools that work on an Axon Server are told: the same options for all of them. */
final class AxonServerOptions {

    static final String HELP = """
              --server HOST:PORT Axon Server (AXON_AXONSERVER_SERVERS, else localhost:8124)
              --context NAME     a context of it (AXON_AXONSERVER_CONTEXT, else default)
              --database NAME    the database in MongoDB (KONTOR_VIEWS_DATABASE, else kontor)
              --certificate PEM  speak TLS, and trust this (AXON_AXONSERVER_CERTFILE)

            An access token is read from AXON_AXONSERVER_TOKEN. The user and password of MongoDB may stand in
            SPRING_MONGODB_USERNAME and SPRING_MONGODB_PASSWORD instead of the URI.
            """;

    private static final String AXON_SERVER = "axon-server";

    private AxonServerOptions() {}

    /** The options of a tool that works on an Axon Server where one of these says so. */
    static Set<String> optionsWith(String... further) {
        Set<String> options = new TreeSet<>(ServerAddresses.OPTIONS);
        options.add("mongodb");
        options.add("database");
        options.addAll(Arrays.asList(further));
        return options;
    }

    /**
     * Whether the option says that an Axon Server is meant.
     *
     * @throws UsageException where it says something else, or is missing where others only make sense with it
     */
    static boolean meant(Arguments arguments, String option) {
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

    /** @throws UsageException where nobody says which */
    static SidesDatabase mongodb(Arguments arguments, Map<String, String> environment) {
        return findMongodb(arguments, environment)
                .map(uri -> SidesDatabase.open(uri, arguments, environment))
                .orElseThrow(() -> new UsageException("--mongodb is needed: what stands beside the log is there"));
    }

    static Optional<String> findMongodb(Arguments arguments, Map<String, String> environment) {
        return arguments.option("mongodb").or(() -> Optional.ofNullable(environment.get("SPRING_MONGODB_URI")));
    }
}
