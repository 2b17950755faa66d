package dev.kontor.standalone;

import static dev.kontor.standalone.Eventually.eventually;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Kontor as users run it: the packaged jar in a process of its own, on free ports of the loopback address. */
public final class KontorProcess implements AutoCloseable {

    /** An idle machine needs a tenth of it. */
    private static final Duration UNTIL_READY = Duration.ofSeconds(600);

    private static final Duration UNTIL_ENDED = Duration.ofSeconds(40);
    /** Defaults of all tests: hundreds of customers with one address. */
    private static final Map<String, String> FREE_PORTS_AND_NO_LIMITS = Map.ofEntries(
            Map.entry("server.port", "0"),
            Map.entry("spring.grpc.server.port", "0"),
            Map.entry("kontor.limits.sign-up.per-address", "off"),
            Map.entry("kontor.limits.sign-in.per-address", "off"),
            Map.entry("kontor.limits.refresh.per-address", "off"),
            Map.entry("kontor.limits.refresh.per-account", "off"),
            Map.entry("kontor.limits.password.per-account", "off"),
            Map.entry("kontor.tries.in-total", "off"),
            Map.entry("kontor.tries.per-client", "off"),
            Map.entry("kontor.tries.per-account", "off"),
            Map.entry("kontor.tries.new-emails", "off"),
            Map.entry("kontor.orders.most-open", "1000000"),
            Map.entry("kontor.orders.most-open-units", "1000000000"));

    /** The state of a socket in {@code /proc/net/tcp}. */
    private static final String LISTENS = "0A";

    private static final String LAST_LINE = "Ctrl-C stops it.";

    private final Process process;
    private final Thread reader;
    private final Thread guard;
    private final StringBuffer output = new StringBuffer();

    private KontorProcess(Process process) {
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().name("output").start(this::read);
        this.guard = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(guard);
    }

    /** Starts it and waits until it reports that it is ready. */
    public static KontorProcess start(Path data, String... arguments) {
        return begin(data, arguments).untilReady();
    }

    /** Starts it and does not wait. */
    public static KontorProcess begin(Path data, String... arguments) {
        return begin(data, Map.of(), arguments);
    }

    /** Starts it and does not wait. The defaults are {@link #FREE_PORTS_AND_NO_LIMITS}. */
    public static KontorProcess begin(Path data, Map<String, String> environment, String... arguments) {
        return begin(Packaged.program(), data, environment, arguments);
    }

    /** As {@link #begin(Path, Map, String...)}, with other arguments for the JVM than the packaged jar. */
    public static KontorProcess begin(
            List<String> program, Path data, Map<String, String> environment, String... arguments) {
        List<String> command = command(program);
        command.add("--kontor.data=" + data);
        FREE_PORTS_AND_NO_LIMITS.forEach((name, value) -> {
            if (List.of(arguments).stream().noneMatch(argument -> argument.startsWith("--" + name + "="))) {
                command.add("--" + name + "=" + value);
            }
        });
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new KontorProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that runs Kontor, the launcher for instance. */
    public static KontorProcess begin(ProcessBuilder command) {
        try {
            return new KontorProcess(command.redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JVM of these tests, and what it runs; the caller adds the arguments. */
    static List<String> command(List<String> program) {
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-XX:+UseCompactObjectHeaders",
                // It lives for seconds: the second compiler would cost more than it saves.
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(program);
        return command;
    }

    /** The java that runs it. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The packaged jar. */
    public static String jar() {
        String jar = System.getProperty("kontor.jar");
        if (jar == null) {
            throw new IllegalStateException("The system property kontor.jar must say where the packaged jar is");
        }
        return jar;
    }

    public KontorProcess untilReady() {
        eventually(
                UNTIL_READY, "Kontor is ready", () -> output(), said -> said.contains(LAST_LINE) || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("Kontor ended by itself:\n" + output());
        }
        return this;
    }

    /** The address of REST. */
    public URI rest() {
        return URI.create(said("API +(http://\\S+:\\d+)/api/v1"));
    }

    /** The host and port of gRPC. */
    public String grpc() {
        return said("gRPC +(127\\.0\\.0\\.1:\\d+)");
    }

    /** The address of the health of a separate side. */
    public int healthPort() {
        return URI.create(said("Health +(http://\\S+:\\d+)/actuator")).getPort();
    }

    /** All TCP ports on which it listens, from Linux. */
    public Set<Integer> listeningPorts() {
        Path here = Path.of("/proc", Long.toString(process.pid()));
        try (Stream<Path> open = Files.list(here.resolve("fd"))) {
            Set<String> sockets = new HashSet<>();
            for (Path each : open.toList()) {
                String target = targetOf(each);
                if (target.startsWith("socket:[")) {
                    sockets.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
            Set<Integer> ports = new TreeSet<>();
            for (String table : List.of("net/tcp", "net/tcp6")) {
                for (String line : Files.readAllLines(here.resolve(table))) {
                    String[] fields = line.strip().split("\\s+");
                    if (fields.length > 9 && fields[3].equals(LISTENS) && sockets.contains(fields[9])) {
                        ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
                    }
                }
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty for what was closed since it was listed. */
    private static String targetOf(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closed) {
            return "";
        }
    }

    /** Its data folder. */
    public Path data() {
        return Path.of(said("Data +(/.+)"));
    }

    private String said(String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(output);
        if (!found.find()) {
            throw new AssertionError("Kontor never said " + pattern + ":\n" + output());
        }
        return found.group(1);
    }

    /** All its output so far. */
    public String output() {
        return output.toString();
    }

    /** A line on its standard input. */
    public void tell(String line) {
        try {
            process.outputWriter().append(line).append('\n').flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.toHandle().destroyForcibly();
        exitCode(UNTIL_ENDED);
    }

    /** Asks it to end, as {@code kill} and Ctrl-C do. */
    public void stop() {
        // By its handle: Process.destroy() would close its output as well.
        process.toHandle().destroy();
    }

    /** Any other signal by its name, as {@code STOP} and {@code CONT}. */
    public void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -%s ended with %d".formatted(name, code));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it has ended and all of its output was read. */
    public int exitCode(Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Kontor did not end within " + within + ":\n" + output());
            }
            reader.join(UNTIL_ENDED);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it in any case. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(guard);
        } catch (IllegalStateException shuttingDown) {
            guard.run();
        }
        Secrets.assertNoneIn(output(), "the console");
    }

    private void read() {
        char[] buffer = new char[8_192];
        try (Reader from = process.inputReader()) {
            for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
                output.append(buffer, 0, length);
            }
        } catch (IOException e) {
            output.append(e);
        }
    }
}
