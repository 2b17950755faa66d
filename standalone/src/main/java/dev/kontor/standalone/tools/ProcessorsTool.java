package dev.kontor.standalone.tools;

import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.tools.backup.RunningKontor;
import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.Tool;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.console.ToolOutcome;
import dev.kontor.standalone.tools.console.UsageException;
import dev.kontor.store.EmbeddedStore;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Lists, pauses, resumes and resets the event processors of the running process. */
final class ProcessorsTool implements Tool {

    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final String PATH = "/admin/processors";
    private static final String PAUSE = "pause";
    private static final String RESUME = "resume";
    private static final String RESET = "reset";
    private static final String POSITION = "position";
    private static final String REASON = "reason";

    @Override
    public String name() {
        return "processors";
    }

    @Override
    public String help() {
        return """
                ./kontor processors [--data DIR]
                ./kontor processors --pause NAME | --resume NAME [--reason TEXT] [--data DIR]
                ./kontor processors --reset NAME --position N [--reason TEXT] [--data DIR]

                Shows how far the event processors of the running Kontor have read the log, and pauses or
                resumes one. A pause lasts until it is resumed, also after a restart.

                  --pause NAME     the processor handles no event any more
                  --resume NAME    it goes on where it was
                  --reset NAME     a paused processor reads the log again; for closed-accounts and unshipped-orders
                  --position N     the number of events that count as read; 0 is the beginning of the log
                  --reason TEXT    why; the log records it with the act, in clear
                  --data DIR       the data folder that Kontor runs on   (./data)
                """;
    }

    @Override
    public Set<String> options() {
        return Set.of(PAUSE, RESUME, RESET, POSITION, REASON);
    }

    @Override
    public ToolOutcome run(Arguments arguments, ToolConsole console) throws IOException {
        List<String> acts = Stream.of(PAUSE, RESUME, RESET)
                .filter(act -> arguments.option(act).isPresent())
                .toList();
        if (acts.size() > 1) {
            throw new UsageException("processors does one thing at a time");
        }
        if (arguments.option(POSITION).isPresent() != acts.equals(List.of(RESET))) {
            throw new UsageException("--reset needs --position, and --position needs --reset");
        }
        DataFolder data = arguments.data();
        if (!EmbeddedStore.isInUse(data.log())) {
            throw new ToolException("No Kontor runs on %s".formatted(data.root()));
        }
        try (RunningKontor running = new RunningKontor(data)) {
            return acts.isEmpty() ? list(running, console) : act(acts.getFirst(), arguments, running);
        }
    }

    private static ToolOutcome act(String act, Arguments arguments, RunningKontor running) throws IOException {
        String name = arguments.option(act).orElseThrow();
        String path = PATH + "/" + encoded(name);
        String reason = "reason=" + encoded(arguments.option(REASON).orElse(""));
        if (act.equals(RESET)) {
            long position = position(arguments);
            running.patch(path + "?" + reason, Map.of(POSITION, position), WITHIN);
            return ToolOutcome.good(
                    "%s reads the log again from position %,d once it is resumed".formatted(name, position));
        }
        JsonNode changed = running.patch(path + "?" + reason, Map.of("paused", act.equals(PAUSE)), WITHIN);
        return ToolOutcome.good(
                switch (changed.path("state").asString()) {
                    case "PAUSED" -> "%s is paused".formatted(name);
                    case "PAUSING" -> "%s pauses after the batch that it handles now".formatted(name);
                    default -> "%s goes on".formatted(name);
                });
    }

    private static long position(Arguments arguments) {
        String position = arguments.option(POSITION).orElseThrow();
        if (!position.matches("\\d{1,18}")) {
            throw new UsageException("--position is a number of events");
        }
        return Long.parseLong(position);
    }

    private static ToolOutcome list(RunningKontor running, ToolConsole console) throws IOException {
        long alarms = 0;
        List<JsonNode> processors =
                running.get(PATH, WITHIN).path("items").valueStream().toList();
        for (JsonNode processor : processors) {
            if (processor.path("late").asBoolean() || processor.path("stalled").asBoolean()) {
                alarms++;
            }
            console.out()
                    .printf(
                            "%-18s %-8s position %,d of %,d, %,d events/s, %d segments%s%n",
                            processor.path("name").asString(),
                            processor.path("state").asString().toLowerCase(Locale.ROOT),
                            processor.path("position").asLong(),
                            processor.path("head").asLong(),
                            processor.path("eventsPerSecond").asLong(),
                            processor.path("segments").size(),
                            late(processor));
            JsonNode failure = processor.path("lastFailure");
            if (!failure.isMissingNode()) {
                console.out()
                        .printf(
                                "  last failure %s: %s%n",
                                failure.path("at").asString(),
                                failure.path("text").asString());
            }
        }
        return ToolOutcome.good(
                alarms == 0
                        ? "%d event processors, none of them late".formatted(processors.size())
                        : "%d event processors, %d of them late".formatted(processors.size(), alarms));
    }

    private static String late(JsonNode processor) {
        if (processor.path("lag").asLong() == 0) {
            return "";
        }
        return ", %,d events behind, for %.1f s%s"
                .formatted(
                        processor.path("lag").asLong(),
                        processor.path("delayMillis").asLong() / 1_000.0,
                        processor.path("stalled").asBoolean()
                                ? ", STALLED"
                                : processor.path("late").asBoolean() ? ", LATE" : "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
