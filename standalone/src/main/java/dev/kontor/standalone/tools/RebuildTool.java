package dev.kontor.standalone.tools;

import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.tools.backup.RunningKontor;
import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.ProgressOutput;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Rebuilds a view of the running process and waits until it is done, or changes a rebuild. */
final class RebuildTool implements Tool {

    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final String SWITCH = "switch";
    private static final String SHARE = "share";
    private static final String REASON = "reason";

    /** What can be done to a rebuild, beside beginning it. */
    private enum Change {
        PAUSE,
        RESUME,
        USE,
        DROP;

        private String flag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String name() {
        return "rebuild";
    }

    @Override
    public String help() {
        return """
                ./kontor rebuild VIEW [--switch auto|ask] [--share PERCENT] [--reason TEXT] [--data DIR]
                ./kontor rebuild VIEW --pause | --resume | --use | --drop [--reason TEXT] [--data DIR]

                Builds a new generation of a view of the running Kontor from the log, compares it with the one
                that readers see, and switches them to it. Readers see the one before until then; it goes on
                with the log, so that they can be switched back, until it is dropped.
                The index product-search is emptied and read again instead.

                  VIEW             catalog, carts, orders, customers, sessions or product-search
                  --switch ask     ends when the generation is built; readers see it after --use
                  --share PERCENT  of one processor that building may take, 1 to 100   (100)
                  --pause          the rebuild stands still until --resume
                  --use            switches readers to the generation that they do not see
                  --drop           deletes the generation that readers do not see; cancels a rebuild
                  --reason TEXT    why; the log records it with the act, in clear
                  --data DIR       the data folder that Kontor runs on   (./data)
                """;
    }

    @Override
    public List<String> operands() {
        return List.of("VIEW");
    }

    @Override
    public Set<String> options() {
        return Set.of(SWITCH, SHARE, REASON);
    }

    @Override
    public Set<String> flags() {
        return Arrays.stream(Change.values()).map(Change::flag).collect(Collectors.toSet());
    }

    @Override
    public ToolOutcome run(Arguments arguments, ToolConsole console) throws IOException {
        List<Change> changes = Arrays.stream(Change.values())
                .filter(change -> arguments.has(change.flag()))
                .toList();
        if (changes.size() > 1 || changes.size() == 1 && hasPlan(arguments)) {
            throw new UsageException("rebuild does one thing at a time");
        }
        String plan = plan(arguments);
        DataFolder data = arguments.data();
        if (!EmbeddedStore.isInUse(data.log())) {
            throw new ToolException(
                    "No Kontor runs on %s. Views of a stopped one need no rebuild by hand: ".formatted(data.root())
                            + "they read what is missing from the log at start");
        }
        try (RunningKontor running = new RunningKontor(data)) {
            String name = arguments.operand(0);
            String reason = "reason=" + encoded(arguments.option(REASON).orElse(""));
            return changes.isEmpty()
                    ? rebuild(running, name, plan + "&" + reason, console)
                    : change(running, name, changes.getFirst(), "?" + reason);
        }
    }

    private static boolean hasPlan(Arguments arguments) {
        return arguments.option(SWITCH).isPresent() || arguments.option(SHARE).isPresent();
    }

    private static String plan(Arguments arguments) {
        String whenBuilt = arguments.option(SWITCH).orElse("auto");
        if (!whenBuilt.equals("auto") && !whenBuilt.equals("ask")) {
            throw new UsageException("--switch is auto or ask");
        }
        String share = arguments.option(SHARE).orElse("100");
        if (!share.matches("[1-9]\\d?|100")) {
            throw new UsageException("--share is a percentage from 1 to 100");
        }
        return "?switch=%s&share=%s".formatted(whenBuilt.toUpperCase(Locale.ROOT), share);
    }

    private static String path(String view) {
        return "/admin/views/" + encoded(view);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private ToolOutcome rebuild(RunningKontor running, String name, String plan, ToolConsole console)
            throws IOException {
        JsonNode begun = running.post(path(name) + "/rebuild" + plan, WITHIN);
        long generation = begun.at("/rebuild/generation").asLong();
        ProgressOutput progress = console.progress(
                "rebuilding " + name, "events", begun.at("/rebuild/total").asLong());
        String told = "";
        while (true) {
            JsonNode view = view(running, name);
            JsonNode rebuild = view.path("rebuild");
            String state = rebuild.path("state").asString();
            if (rebuild.path("generation").asLong() != generation || state.equals("CANCELLED")) {
                throw new ToolException("The rebuild of %s was cancelled".formatted(name));
            }
            switch (state) {
                case "DONE" -> {
                    return ToolOutcome.good("Rebuilt %s from %,d events"
                                    .formatted(name, rebuild.path("done").asLong())
                            + compared(view));
                }
                case "READY" -> {
                    if (view.at("/other/switchWhenBuilt").asString().equals("ASK")) {
                        return ToolOutcome.good(
                                "Generation %d of %s is built%s. Readers see it after ./kontor rebuild %s --use"
                                        .formatted(generation, name, compared(view), name));
                    }
                }
                case "FAILED" ->
                    throw new ToolException(
                            "The rebuild of %s failed; the log of the process has the reason".formatted(name));
                default -> progress.at(rebuild.path("done").asLong());
            }
            String failure = view.at("/other/failure").asString("");
            if (!failure.equals(told)) {
                console.err().println(failure.isEmpty() ? "The rebuild goes on" : "The rebuild is held up. " + failure);
                told = failure;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static String compared(JsonNode view) {
        JsonNode found = view.at("/other/comparison");
        if (found.isMissingNode()) {
            return "";
        }
        long differences = found.path("missing").asLong()
                + found.path("added").asLong()
                + found.path("different").asLong()
                + found.path("unsettled").asLong();
        return differences == 0
                ? "; all %,d documents are the same as before"
                        .formatted(found.path("documents").asLong())
                : "; of %,d documents before and %,d now, %,d are missing, %,d are new, %,d differ: %s"
                        .formatted(
                                found.path("documents").asLong(),
                                found.path("otherDocuments").asLong(),
                                found.path("missing").asLong(),
                                found.path("added").asLong(),
                                found.path("different").asLong()
                                        + found.path("unsettled").asLong(),
                                found.path("examples"));
    }

    private static ToolOutcome change(RunningKontor running, String name, Change change, String query)
            throws IOException {
        JsonNode view = view(running, name);
        long other = view.at("/other/generation").asLong();
        if (other == 0) {
            throw new ToolException("Readers of %s see its only generation".formatted(name));
        }
        switch (change) {
            case PAUSE -> running.patch(path(name) + query, Map.of("paused", true), WITHIN);
            case RESUME -> running.patch(path(name) + query, Map.of("paused", false), WITHIN);
            case USE -> running.patch(path(name) + query, Map.of("live", other), WITHIN);
            case DROP -> running.delete(path(name) + "/generations/" + other + query, WITHIN);
        }
        return ToolOutcome.good(
                switch (change) {
                    case PAUSE -> "The rebuild of %s stands still".formatted(name);
                    case RESUME -> "The rebuild of %s goes on".formatted(name);
                    case USE -> "Readers of %s see generation %d".formatted(name, other);
                    case DROP -> "Generation %d of %s is deleted".formatted(other, name);
                });
    }

    private static JsonNode view(RunningKontor running, String name) throws IOException {
        for (JsonNode view : running.get("/admin/views", WITHIN).path("items")) {
            if (view.path("name").asString().equals(name)) {
                return view;
            }
        }
        throw new ToolException("There is no view " + name);
    }
}
