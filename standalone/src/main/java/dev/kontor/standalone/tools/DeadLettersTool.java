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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Lists, retries and evicts the dead letters of the running process. */
final class DeadLettersTool implements Tool {

    private static final Duration WITHIN = Duration.ofMinutes(6);
    private static final String PATH = "/admin/dead-letters";

    @Override
    public String name() {
        return "dead-letters";
    }

    @Override
    public String help() {
        return """
                ./kontor dead-letters [--queue NAME [--group GROUP]] [--data DIR]
                ./kontor dead-letters --retry [--queue NAME [--sequence ID | --group GROUP]] [--rate N] [--reason TEXT]
                ./kontor dead-letters --evict POSITION --queue NAME --sequence ID --reason TEXT

                Shows the events that the running Kontor could not handle: the queues with groups of equal
                failures, or the first letter of each sequence of one queue. With --retry it handles them
                again, with --evict it removes one for good.

                  --queue NAME       a view, order-processing, place-order-saga and others, as listed
                  --group GROUP      only letters with the same failure, as listed
                  --sequence ID      only the letters of this aggregate or order
                  --rate N           sequences that are retried in a second, 1 to 1000   (100)
                  --evict POSITION   the letter whose event is at this position of the log
                  --reason TEXT      why; the log records it with the act, in clear
                  --data DIR         the data folder that Kontor runs on   (./data)
                """;
    }

    @Override
    public Set<String> options() {
        return Set.of("queue", "group", "sequence", "rate", "evict", "reason");
    }

    @Override
    public Set<String> flags() {
        return Set.of("retry");
    }

    @Override
    public ToolOutcome run(Arguments arguments, ToolConsole console) throws IOException {
        boolean evicts = arguments.option("evict").isPresent();
        if (arguments.option("reason").isPresent() && !evicts && !arguments.has("retry")) {
            throw new UsageException("--reason belongs to --retry or --evict");
        }
        DataFolder data = arguments.data();
        Optional<String> queue = arguments.option("queue");
        if (!EmbeddedStore.isInUse(data.log())) {
            throw new ToolException(
                    "No Kontor runs on %s. The audit counts the dead letters of a stopped one".formatted(data.root()));
        }
        try (RunningKontor running = new RunningKontor(data)) {
            if (evicts) {
                return evict(arguments, running);
            }
            if (arguments.has("retry")) {
                return retry(arguments, queues(running, queue), running);
            }
            return queue.isPresent() ? list(arguments, queue.get(), running, console) : overview(running, console);
        }
    }

    private static List<JsonNode> queues(RunningKontor running, Optional<String> name) throws IOException {
        List<JsonNode> queues = new ArrayList<>();
        for (JsonNode queue : running.get(PATH, WITHIN).path("items")) {
            boolean isMeant = name.isEmpty()
                    ? queue.path("letters").asLong() > 0
                    : name.get().equals(queue.path("queue").asString());
            if (isMeant) {
                queues.add(queue);
            }
        }
        if (queues.isEmpty() && name.isPresent()) {
            throw new ToolException("There is no queue " + name.get());
        }
        return queues;
    }

    private static ToolOutcome overview(RunningKontor running, ToolConsole console) throws IOException {
        long letters = 0;
        List<JsonNode> queues = queues(running, Optional.empty());
        for (JsonNode queue : queues) {
            letters += queue.path("letters").asLong();
            console.out()
                    .printf(
                            "%s: %,d letters of %,d sequences%s%n",
                            queue.path("queue").asString(),
                            queue.path("letters").asLong(),
                            queue.path("sequences").asLong(),
                            queue.path("alarm").asBoolean() ? ", ALARM: half of the bound is reached" : "");
            for (JsonNode group : queue.path("groups")) {
                console.out()
                        .printf(
                                "  %s  %,d sequences  %s at %s%n",
                                group.path("group").asString(),
                                group.path("sequences").asLong(),
                                group.path("exception").asString(),
                                group.path("frame").asString());
            }
        }
        return ToolOutcome.good(
                letters == 0
                        ? "There are no dead letters"
                        : "%,d dead letters in %,d queues".formatted(letters, queues.size()));
    }

    private static ToolOutcome list(Arguments arguments, String queue, RunningKontor running, ToolConsole console)
            throws IOException {
        String path = PATH + "/" + encoded(queue) + "?pageSize=100" + parameter("group", arguments.option("group"));
        long sequences = 0;
        String next = "";
        do {
            JsonNode page = running.get(path + next, WITHIN);
            for (JsonNode letter : page.path("items")) {
                sequences++;
                console.out()
                        .printf(
                                "%s  position %,d  %s  %,d letters, %,d attempts, last %s%n  %s: %s%n  at %s%n",
                                letter.path("sequence").asString(),
                                letter.path("position").asLong(),
                                letter.path("eventType").asString(),
                                letter.path("letters").asLong(),
                                letter.path("attempts").asLong(),
                                letter.path("triedAt").asString(),
                                letter.path("cause").path("exception").asString(""),
                                letter.path("cause").path("reason").asString(""),
                                letter.path("cause").path("frame").asString(""));
            }
            JsonNode token = page.path("nextPageToken");
            next = token.isString() ? parameter("pageToken", Optional.of(token.asString())) : "";
        } while (!next.isEmpty());
        return ToolOutcome.good("%,d sequences with dead letters in %s".formatted(sequences, queue));
    }

    private static ToolOutcome retry(Arguments arguments, List<JsonNode> queues, RunningKontor running)
            throws IOException {
        long tried = 0;
        long handled = 0;
        for (JsonNode queue : queues) {
            JsonNode retried = running.post(
                    PATH + "/" + encoded(queue.path("queue").asString()) + "/retry?perSecond="
                            + encoded(arguments.option("rate").orElse("100"))
                            + parameter("sequence", arguments.option("sequence"))
                            + parameter("group", arguments.option("group"))
                            + parameter("reason", arguments.option("reason")),
                    WITHIN);
            tried += retried.path("tried").asLong();
            handled += retried.path("handled").asLong();
        }
        String said = "Retried %,d sequences; %,d have no dead letters any more".formatted(tried, handled);
        return handled == tried ? ToolOutcome.good(said) : ToolOutcome.bad(said);
    }

    private static ToolOutcome evict(Arguments arguments, RunningKontor running) throws IOException {
        String position = arguments.option("evict").orElseThrow();
        running.delete(
                "%s/%s/%s?position=%s&reason=%s"
                        .formatted(
                                PATH,
                                encoded(needed(arguments, "queue")),
                                encoded(needed(arguments, "sequence")),
                                encoded(position),
                                encoded(needed(arguments, "reason"))),
                WITHIN);
        return ToolOutcome.good("Evicted the dead letter at position " + position);
    }

    private static String needed(Arguments arguments, String option) {
        return arguments.option(option).orElseThrow(() -> new UsageException("--evict needs --" + option));
    }

    private static String parameter(String name, Optional<String> value) {
        return value.map(text -> "&" + name + "=" + encoded(text)).orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
