package dev.kontor.standalone.distributed;

import dev.kontor.standalone.KontorProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@link MongoProgram} as a process of its own, as MongoDB would be. */
final class MongoProcess implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Listens on (\\d+)");

    private final Process process;
    private final int port;

    private MongoProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static MongoProcess start() {
        try {
            Process process = new ProcessBuilder(
                            KontorProcess.java(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx512m",
                            "--sun-misc-unsafe-memory-access=allow",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            MongoProgram.class.getName())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new MongoProcess(process, portOf(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int portOf(Process process) throws IOException {
        BufferedReader said = process.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher found = PORT.matcher(line);
            if (found.find()) {
                // Reads and drops its other output: a full pipe would stop it.
                Thread.ofVirtual().start(() -> said.lines().forEach(more -> {}));
                return Integer.parseInt(found.group(1));
            }
        }
        throw new IllegalStateException("The Mongo server ended before it listened");
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
