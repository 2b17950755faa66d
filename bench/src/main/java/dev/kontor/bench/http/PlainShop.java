package dev.kontor.bench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The plain shop of module baseline: a JVM with the options of Kontor's, and a PostgreSQL of its own. */
final class PlainShop implements Shop {

    static final String NAME = "plain shop";

    private static final String READY = "port ";

    private final PostgreSql database;
    private final Process process;
    private final URI address;

    private PlainShop(PostgreSql database, Process process) throws IOException {
        this.database = database;
        this.process = process;
        String line = process.inputReader().readLine();
        while (line != null && !line.startsWith(READY)) {
            System.out.println("    " + line);
            line = process.inputReader().readLine();
        }
        if (line == null) {
            throw new IllegalStateException("The plain shop did not start");
        }
        address = URI.create("http://127.0.0.1:" + line.substring(READY.length()));
        Thread.ofPlatform().daemon().name("plain-shop-output").start(this::pass);
    }

    static PlainShop start(HttpBenchOptions options) throws IOException {
        PostgreSql database = PostgreSql.start();
        try {
            List<String> command = new ArrayList<>(KontorShop.java());
            if (options.heap() != null) {
                command.add("-Xmx" + options.heap());
            }
            command.addAll(List.of(
                    "-jar", System.getProperty("kontor.plain-shop"), "--spring.datasource.url=" + database.jdbc()));
            return new PlainShop(
                    database,
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void pass() {
        try {
            process.inputReader().lines().forEach(line -> System.out.println("    " + line));
        } catch (UncheckedIOException e) {
            // Its output ends with it.
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public ProcessHandle jvm() {
        return process.toHandle();
    }

    @Override
    public ProcessUsage usage() {
        return ProcessUsage.of(process.toHandle()).plus(database.usage());
    }

    @Override
    public LogCounters counters() throws IOException {
        return new LogCounters(database.syncs(), Double.NaN, Double.NaN);
    }

    @Override
    public Audit stop() {
        process.destroy();
        process.onExit().join();
        return Audit.NONE;
    }

    @Override
    public List<OrderPath.Hop> hops(LogCounters since, List<OrderTimes.Order> orders) {
        return List.of();
    }

    @Override
    public void close() throws IOException {
        stop();
        database.close();
    }
}
