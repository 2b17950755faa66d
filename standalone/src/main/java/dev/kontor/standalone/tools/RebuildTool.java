package dev.kontor.standalone.tools;

import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.tools.backup.RunningKontor;
import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.ProgressOutput;
import dev.kontor.standalone.tools.console.Tool;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.console.ToolOutcome;
import dev.kontor.store.EmbeddedStore;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** Rebuilds a view of the running process and waits until it is done. */
final class RebuildTool implements Tool {

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    @Override
    public String name() {
        return "rebuild";
    }

    @Override
    public String help() {
        return """
                ./kontor rebuild VIEW [--data DIR]

                Deletes the documents of a view of the running Kontor and reads them from the log again;
                ends when that is done. Until then the view shows only what it has read so far.

                  VIEW         catalog, carts, orders, customers, sessions or product-search
                  --data DIR   the data folder that Kontor runs on   (./data)
                """;
    }

    @Override
    public List<String> operands() {
        return List.of("VIEW");
    }

    @Override
    public ToolOutcome run(Arguments arguments, ToolConsole console) throws IOException {
        DataFolder data = arguments.data();
        String name = arguments.operand(0);
        if (!EmbeddedStore.isInUse(data.log())) {
            throw new ToolException(
                    "No Kontor runs on %s. Views of a stopped one need no rebuild by hand: ".formatted(data.root())
                            + "they read what is missing from the log at start");
        }
        try (RunningKontor running = new RunningKontor(data)) {
            JsonNode begun = running.post(
                    "/admin/views/%s/rebuild".formatted(URLEncoder.encode(name, StandardCharsets.UTF_8)), WITHIN);
            long generation = begun.path("generation").asLong();
            ProgressOutput progress = console.progress(
                    "rebuilding " + name,
                    "events",
                    begun.path("rebuild").path("total").asLong());
            while (true) {
                JsonNode view = view(running, name);
                JsonNode rebuild = view.path("rebuild");
                if (view.path("generation").asLong() > generation
                        || rebuild.path("state").asString().equals("DONE")) {
                    return ToolOutcome.good("Rebuilt %s from %,d events"
                            .formatted(name, rebuild.path("done").asLong()));
                }
                if (rebuild.path("state").asString().equals("FAILED")) {
                    throw new ToolException(
                            "The rebuild of %s failed; the log of the process has the reason".formatted(name));
                }
                progress.at(rebuild.path("done").asLong());
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    private static JsonNode view(RunningKontor running, String name) throws IOException {
        for (JsonNode view : running.get("/admin/views", WITHIN).path("items")) {
            if (view.path("name").asString().equals(name)) {
                return view;
            }
        }
        throw new ToolException("There is no view " + name + " any more");
    }
}
