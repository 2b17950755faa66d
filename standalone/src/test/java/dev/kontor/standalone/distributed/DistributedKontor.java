package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;

import dev.kontor.command.CommandSideApplication;
import dev.kontor.gateway.GatewayApplication;
import dev.kontor.query.QuerySideApplication;
import dev.kontor.side.platform.SideAddresses;
import dev.kontor.side.platform.SideApplication;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.CuttingProxy;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The three applications in this process, each with its own context, over gRPC on the network and connections that can
 * be cut. They share a log on the disk in place of Axon Server, and a Mongo server in a process of its own.
 */
final class DistributedKontor implements AutoCloseable {

    /** The parts that can be stopped and started. */
    enum Part {
        COMMAND_SIDE,
        QUERY_SIDE,
        GATEWAY
    }

    /** Settings that undo the extra content of the tests' class path. */
    private static final String NOT_A_SIDE_S =
            autoConfigurations("org.springframework.boot.security.", ".security.Grpc");

    private static final String NOT_THE_GATEWAY_S = autoConfigurations(
            "org.axonframework.",
            "org.springframework.boot.mongodb.",
            "org.springframework.boot.grpc.server.",
            "UserDetailsService");

    private static final int NOWHERE = 1;

    private final SharedLog log;
    private final MongoProcess mongo = MongoProcess.start();
    private final Map<Part, ConfigurableApplicationContext> running = new EnumMap<>(Part.class);
    private final List<ConfigurableApplicationContext> others = new ArrayList<>();
    private final Map<String, String> keys = Map.of("KONTOR_MASTER_KEY", key(), "KONTOR_SIGNING_MASTER_KEY", key());

    /** The sides recognize the gateway by it; with mutual TLS its certificate suffices. */
    private final String gatewayKey = key();

    /**
     * From the gateway to the command side, from the gateway to the query side, from both sides to the Mongo server.
     */
    final CuttingProxy toCommandSide = new CuttingProxy(NOWHERE);

    final CuttingProxy toQuerySide = new CuttingProxy(NOWHERE);
    final CuttingProxy toMongo = new CuttingProxy(mongo.port());

    /** To the second instance of each side, if there are two. */
    final CuttingProxy toSecondCommandSide = new CuttingProxy(NOWHERE);

    final CuttingProxy toSecondQuerySide = new CuttingProxy(NOWHERE);
    private final Map<Part, ConfigurableApplicationContext> second = new EnumMap<>(Part.class);
    private boolean hasTwo;
    private boolean twoQuerySides;

    /** The gateway keeps its port over restarts. */
    private int gatewayPort;

    /** The folder of development certificates, one for each part; null if the parts use no TLS. */
    private final Path certificates;

    private DistributedKontor(Path folder, Path certificates) {
        this.log = SharedLog.open(folder);
        this.certificates = certificates;
    }

    private static String autoConfigurations(String... named) {
        return ImportCandidates.load(AutoConfiguration.class, DistributedKontor.class.getClassLoader())
                .getCandidates()
                .stream()
                .filter(each -> Stream.of(named).anyMatch(each::contains))
                .collect(Collectors.joining(","));
    }

    private static String key() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** All three. */
    static DistributedKontor start(Path folder) {
        return start(folder, null);
    }

    /** Two query sides, both known to the gateway, whose calls have two seconds. */
    static DistributedKontor startWithTwoQuerySides(Path folder) {
        DistributedKontor kontor = new DistributedKontor(folder, null);
        kontor.twoQuerySides = true;
        kontor.start(Part.COMMAND_SIDE);
        kontor.start(Part.QUERY_SIDE);
        kontor.toSecondQuerySide.leadTo(grpcPort(kontor.anotherQuerySide()));
        kontor.start(Part.GATEWAY);
        awaitWell(kontor.rest());
        return kontor;
    }

    /** All three, each with its certificate of this folder, and refusing callers without one. */
    static DistributedKontor start(Path folder, Path certificates) {
        DistributedKontor kontor = new DistributedKontor(folder, certificates);
        for (Part part : Part.values()) {
            kontor.start(part);
        }
        awaitWell(kontor.rest());
        return kontor;
    }

    /** Two of each side, and a gateway that alternates between them. */
    static DistributedKontor ofTwo(Path folder) {
        DistributedKontor kontor = new DistributedKontor(folder, null);
        kontor.hasTwo = true;
        for (Part side : List.of(Part.COMMAND_SIDE, Part.QUERY_SIDE)) {
            kontor.start(side);
            kontor.startSecond(side);
        }
        kontor.start(Part.GATEWAY);
        awaitWell(kontor.rest());
        return kontor;
    }

    /** @param side one of the two */
    synchronized void startSecond(Part side) {
        second.put(
                side,
                side == Part.COMMAND_SIDE
                        ? behind(toSecondCommandSide, commandSide())
                        : behind(toSecondQuerySide, querySide()));
    }

    synchronized void stopSecond(Part side) {
        second.remove(side).close();
    }

    /** From the gateway to each side. */
    List<CuttingProxy> wires() {
        return List.of(toCommandSide, toQuerySide, toSecondCommandSide, toSecondQuerySide);
    }

    private static String targets(CuttingProxy first, CuttingProxy other, boolean two) {
        String both = "list:///127.0.0.1:" + first.port();
        return two ? both + ",127.0.0.1:" + other.port() : both;
    }

    /** Until the gateway knows that both sides accept calls, which it checks once a second. */
    static void awaitWell(URI rest) {
        Shop shop = new Shop(rest);
        eventually(
                Duration.ofSeconds(60),
                "the catalog is shown",
                () -> shop.anonymous().get("/api/v1/catalog/products").status() == 200);
        eventually(
                Duration.ofSeconds(60),
                "tokens are given out and taken",
                () -> shop.signIn("admin1@example.com", "testPass123").status() == 200
                        && shop.admin().client().get("/api/v1/admin/views").status() == 200);
    }

    synchronized void start(Part part) {
        running.put(
                part,
                switch (part) {
                    case COMMAND_SIDE -> behind(toCommandSide, commandSide());
                    case QUERY_SIDE -> behind(toQuerySide, querySide());
                    case GATEWAY -> gateway();
                });
    }

    private static ConfigurableApplicationContext behind(CuttingProxy wire, ConfigurableApplicationContext side) {
        wire.leadTo(grpcPort(side));
        return side;
    }

    static int grpcPort(ConfigurableApplicationContext side) {
        return side.getBean(SideAddresses.class).grpcPort();
    }

    /** A further instance of a part, unknown to the gateway. */
    synchronized ConfigurableApplicationContext anotherCommandSide(String... settings) {
        ConfigurableApplicationContext another = commandSide(settings);
        others.add(another);
        return another;
    }

    synchronized ConfigurableApplicationContext anotherQuerySide() {
        ConfigurableApplicationContext another = querySide();
        others.add(another);
        return another;
    }

    private void certify(String name, List<String> arguments) {
        if (certificates != null) {
            arguments.add("--spring.profiles.active=mtls");
            arguments.add("--KONTOR_TLS_CERTIFICATE=" + certificates.resolve(name + ".pem"));
            arguments.add("--KONTOR_TLS_KEY=" + certificates.resolve(name + "-key.pem"));
            arguments.add("--KONTOR_TLS_CA=" + certificates.resolve("ca.pem"));
            arguments.add("--spring.ssl.bundle.watch.file.quiet-period=200ms");
        }
    }

    private ConfigurableApplicationContext commandSide(String... further) {
        List<String> settings = new ArrayList<>(List.of(
                "--kontor.demo=true", "--management.endpoint.health.group.readiness.include=needs,calls,mongo"));
        settings.addAll(List.of(further));
        return side(
                "command-side",
                SideApplication.of(CommandSideApplication.class, "command-side"),
                settings.toArray(String[]::new));
    }

    private ConfigurableApplicationContext querySide() {
        return side("query-side", SideApplication.of(QuerySideApplication.class, "query-side"));
    }

    private ConfigurableApplicationContext side(String name, SpringApplicationBuilder application, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(settings));
        certify(name, arguments);
        List.of("in-total", "per-client", "per-account", "new-emails")
                .forEach(limit -> arguments.add("--kontor.tries.%s=off".formatted(limit)));
        arguments.add("--axon.axonserver.enabled=false");
        arguments.add("--server.port=0");
        arguments.add("--spring.grpc.server.port=0");
        arguments.add("--spring.mongodb.uri=mongodb://127.0.0.1:" + toMongo.port() + "/kontor");
        arguments.add("--spring.autoconfigure.exclude=" + NOT_A_SIDE_S);
        arguments.add("--kontor.orders.most-open=1000000");
        arguments.add("--kontor.orders.most-open-units=1000000000");
        keys.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        if (certificates == null) {
            arguments.add("--KONTOR_GATEWAY_KEY=" + gatewayKey);
        }
        return application.initializers(log.forProcess()).run(arguments.toArray(String[]::new));
    }

    private ConfigurableApplicationContext gateway() {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=" + gatewayPort,
                "--management.server.port=0",
                "--spring.autoconfigure.exclude=" + NOT_THE_GATEWAY_S,
                "--kontor.command-side=" + targets(toCommandSide, toSecondCommandSide, hasTwo),
                "--kontor.query-side=" + targets(toQuerySide, toSecondQuerySide, hasTwo || twoQuerySides),
                "--kontor.limits.sign-up.per-address=off",
                "--kontor.limits.sign-in.per-address=off"));
        if (twoQuerySides) {
            arguments.add("--kontor.deadline=2s");
        }
        certify("gateway", arguments);
        if (certificates == null) {
            arguments.add("--KONTOR_GATEWAY_KEY=" + gatewayKey);
        }
        ConfigurableApplicationContext gateway =
                GatewayApplication.application().run(arguments.toArray(String[]::new));
        gatewayPort = gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return gateway;
    }

    /** As SIGTERM ends it. */
    synchronized void stop(Part part) {
        ConfigurableApplicationContext context = running.remove(part);
        if (context != null) {
            context.close();
        }
    }

    ConfigurableApplicationContext context(Part part) {
        return running.get(part);
    }

    URI rest() {
        return URI.create("http://127.0.0.1:" + gatewayPort);
    }

    SharedLog log() {
        return log;
    }

    String mongoUri() {
        return "mongodb://127.0.0.1:" + mongo.port();
    }

    @Override
    public synchronized void close() {
        toMongo.restore();
        for (Part part : List.of(Part.GATEWAY, Part.QUERY_SIDE, Part.COMMAND_SIDE)) {
            stop(part);
        }
        others.forEach(ConfigurableApplicationContext::close);
        second.values().forEach(ConfigurableApplicationContext::close);
        wires().forEach(CuttingProxy::close);
        toMongo.close();
        mongo.close();
        log.close();
    }
}
