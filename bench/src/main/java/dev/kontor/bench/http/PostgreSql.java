package dev.kontor.bench.http;

import dev.kontor.bench.BadArgumentException;
import dev.kontor.standalone.platform.Folders;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A PostgreSQL server with its default settings, so durable, in a new folder, on a free port of the loopback address.
 * PostgreSQL refuses to run as root. Where root runs the benchmark, the server runs as the system user {@code nobody}.
 */
final class PostgreSql implements AutoCloseable {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String USER = "shop";
    private static final String DATABASE = "postgres";
    private static final List<String> AS_ANOTHER_USER =
            List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path programs;
    private final Path folder;
    private final int port;
    private final Process process;

    private PostgreSql(Path programs, Path folder) throws IOException {
        this.programs = programs;
        this.folder = folder;
        Path data = folder.resolve("data");
        String output = run("initdb", "-D", data.toString(), "-U", USER, "-A", "trust", "-E", "UTF8");
        if (!Files.exists(folder.resolve("data/PG_VERSION"))) {
            throw new IllegalStateException("PostgreSQL cannot make a database in %s: %s".formatted(folder, output));
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        process = new ProcessBuilder(command(
                        "postgres",
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories="))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /** @throws BadArgumentException if its programs are not installed */
    static Path programs() {
        try (Stream<Path> versions = Files.isDirectory(DEBIAN) ? Files.list(DEBIAN) : Stream.empty()) {
            Stream<Path> onPath = Stream.of(
                            System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .filter(folder -> !folder.isEmpty())
                    .map(Path::of);
            return Stream.concat(
                            versions.sorted(Comparator.comparing(PostgreSql::version)
                                            .reversed())
                                    .map(version -> version.resolve("bin")),
                            onPath)
                    .filter(folder -> Stream.of("initdb", "postgres", "pg_isready", "psql")
                            .allMatch(program -> Files.isExecutable(folder.resolve(program))))
                    .findFirst()
                    .orElseThrow(() -> new BadArgumentException(
                            "--against-plain-shop needs PostgreSQL's programs (initdb, postgres, pg_isready, psql) on"
                                    + " the PATH or in %s; on Debian: apt install postgresql".formatted(DEBIAN)));
        } catch (IOException e) {
            throw new BadArgumentException("%s cannot be read: %s".formatted(DEBIAN, e));
        }
    }

    private static int version(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : 0;
    }

    /** Waits until it answers. */
    static PostgreSql start() throws IOException {
        Path folder = Files.createTempDirectory("kontor-bench-postgres");
        if (isRoot()) {
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        }
        PostgreSql server = new PostgreSql(programs(), folder);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!server.run("pg_isready", "-h", "127.0.0.1", "-p", Integer.toString(server.port))
                .contains("accepting connections")) {
            if (!server.process.isAlive() || System.nanoTime() - end > 0) {
                String log = Files.readString(folder.resolve("log"));
                server.close();
                throw new IllegalStateException("PostgreSQL does not start: " + log);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        return server;
    }

    String jdbc() {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s".formatted(port, DATABASE, USER);
    }

    ProcessUsage usage() {
        return ProcessUsage.of(process.toHandle());
    }

    /** How often it synced its log of writes; NaN where this version does not say it. */
    double syncs() throws IOException {
        String answer = run(
                        "psql",
                        "-X",
                        "-A",
                        "-t",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-U",
                        USER,
                        "-d",
                        DATABASE,
                        "-c",
                        "SELECT wal_sync FROM pg_stat_wal")
                .strip();
        return answer.matches("[0-9]+") ? Double.parseDouble(answer) : Double.NaN;
    }

    /** Returns what it prints. */
    private String run(String program, String... arguments) throws IOException {
        Process running = new ProcessBuilder(command(program, arguments))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        running.getOutputStream().close();
        return String.join("\n", running.inputReader().lines().toList());
    }

    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(isRoot() ? AS_ANOTHER_USER : List.of());
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        Folders.delete(folder);
    }
}
