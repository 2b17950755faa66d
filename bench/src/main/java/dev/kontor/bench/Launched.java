package dev.kontor.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Kontor process, started as {@code ./kontor up} starts it. */
public final class Launched {

    private static final Pattern ADDRESS = Pattern.compile("API +(http://\\S+)/api/v1");
    private static final String LAST_LINE = "Ctrl-C stops it.";

    private final Process process;
    private final Thread reader;
    private String address;

    private Launched(Process process) {
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().name("output").unstarted(() -> pass(true));
    }

    /** @param command how the launcher starts it, up to its arguments */
    public static Launched start(List<String> command, Path data, Map<String, String> environment) throws IOException {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("--kontor.data=" + data, "--server.port=0"));
        // A few customers buy all the time, and nothing is shipped.
        whole.addAll(List.of("--kontor.orders.most-open=1000000000", "--kontor.orders.most-open-units=1000000000"));
        ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new Launched(builder.start());
    }

    /** Waits until it reports that it is ready: every view shows the log as of its start. */
    public String untilReady() {
        pass(false);
        reader.start();
        return address;
    }

    private void pass(boolean toTheEnd) {
        try {
            BufferedReader output = process.inputReader();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Matcher found = ADDRESS.matcher(line);
                if (found.find()) {
                    address = found.group(1);
                }
                if (line.contains("WARN") || line.contains("ERROR") || line.contains("views:")) {
                    System.out.println("    " + line);
                }
                if (!toTheEnd && line.equals(LAST_LINE)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("Its output cannot be read", e);
        }
        if (!toTheEnd) {
            throw new IllegalStateException("Kontor ended by itself");
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public void stop() {
        process.destroy();
        process.onExit().join();
    }
}
