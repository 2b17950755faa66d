package dev.kontor.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Reads lines that control the process from its standard input. The first word of a line names the command. When it is
 * executed, {@code done:} and the line are printed.
 */
final class StandardInput {

    private static final Map<String, Consumer<String>> COMMANDS = new ConcurrentHashMap<>();

    private StandardInput() {}

    /** @param command takes the rest of the line */
    static synchronized void on(String word, Consumer<String> command) {
        boolean isFirst = COMMANDS.isEmpty();
        COMMANDS.put(word, command);
        if (isFirst) {
            Thread.ofPlatform().daemon().name("standard-input").start(StandardInput::listen);
        }
    }

    private static void listen() {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 2);
                COMMANDS.get(words[0]).accept(words.length == 1 ? "" : words[1]);
                System.out.println("done: " + line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
