package dev.kontor.command.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One section of {@code docs/states.md}: the result of each message in each state, found by sending it. The page states
 * the command that writes it anew.
 */
public final class StateTable {

    private static final Path PAGE = Path.of("..", "docs", "states.md");

    private final String title;
    private final String messages;
    private final BiFunction<List<?>, Object, List<String>> sending;
    private final Map<String, List<?>> states = new LinkedHashMap<>();
    private final Map<String, Object> rows = new LinkedHashMap<>();

    /**
     * @param messages the heading of the rows
     * @param sending returns the result of a message after these events
     */
    public StateTable(String title, String messages, BiFunction<List<?>, Object, List<String>> sending) {
        this.title = title;
        this.messages = messages;
        this.sending = sending;
    }

    /** The table of an aggregate's commands. */
    public static StateTable of(String title, Class<?> aggregate) {
        return new StateTable(
                title,
                "command",
                (events, command) ->
                        Scenario.of(aggregate).given(events).when(command).names());
    }

    /** Adds a state, and events that lead to it. */
    public StateTable state(String name, Object... events) {
        states.put(name, List.of(events));
        return this;
    }

    /** Adds a message. */
    public StateTable row(Object message) {
        return row("", message);
    }

    /** Adds one kind of a message. */
    public StateTable row(String kind, Object message) {
        String name = message.getClass().getSimpleName();
        rows.put(kind.isEmpty() ? name : name + ", " + kind, message);
        return this;
    }

    /** Checks that every command of the family has a row, and that the page has this table. */
    public void isOnThePage(Class<?> family) throws IOException {
        assertThat(rows.values().stream().<Class<?>>map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(family.getPermittedSubclasses());
        isOnThePage();
    }

    public void isOnThePage() throws IOException {
        String page = Files.readString(PAGE);
        Matcher section = Pattern.compile("(?s)(?<=\n## %s\n\n)[^|]*(.*?)(?=\n## |\\z)".formatted(Pattern.quote(title)))
                .matcher(page);
        assertThat(section.find())
                .as("docs/states.md has a section '%s'", title)
                .isTrue();
        String table = table();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, page.substring(0, section.start(1)) + table + page.substring(section.end(1)));
        } else {
            assertThat(section.group(1)).isEqualTo(table);
        }
    }

    private String table() {
        StringBuilder table = new StringBuilder();
        table.append("| %s | %s |\n".formatted(messages, String.join(" | ", states.keySet())));
        table.append("|---|%s\n".formatted("---|".repeat(states.size())));
        rows.forEach((name, message) ->
                table.append("| %s | %s |\n".formatted(name, String.join(" | ", cells(message)))));
        return table.toString();
    }

    private List<String> cells(Object message) {
        List<String> cells = new ArrayList<>();
        states.values().forEach(events -> {
            List<String> led = sending.apply(events, message);
            cells.add(led.isEmpty() ? "–" : String.join(", ", led));
        });
        return cells;
    }
}
