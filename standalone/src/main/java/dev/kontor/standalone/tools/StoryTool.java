package dev.kontor.standalone.tools;

import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.tools.backup.RunningKontor;
import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.Tool;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.console.ToolOutcome;
import dev.kontor.store.EmbeddedStore;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Tells what happened to an order, or to another aggregate, of the running process. */
final class StoryTool implements Tool {

    private static final Duration WITHIN = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "story";
    }

    @Override
    public String help() {
        return """
                ./kontor story ID [--data DIR]

                Tells what happened to an order, a product, a cart or a customer of the running Kontor, or by a
                request: the events in the order of the log, what led to each, and how long it took. Personal
                data is masked (***).

                  ID               of the order, product or customer; cart-ID of a customer's cart;
                                   the X-Request-Id of a request
                  --data DIR       the data folder that Kontor runs on   (./data)
                """;
    }

    @Override
    public List<String> operands() {
        return List.of("ID");
    }

    @Override
    public ToolOutcome run(Arguments arguments, ToolConsole console) throws IOException {
        DataFolder data = arguments.data();
        if (!EmbeddedStore.isInUse(data.log())) {
            throw new ToolException("No Kontor runs on " + data.root());
        }
        try (RunningKontor running = new RunningKontor(data)) {
            String subject = URLEncoder.encode(arguments.operand(0), StandardCharsets.UTF_8);
            JsonNode story = running.get("/admin/stories/" + subject, WITHIN);
            String request = "";
            for (JsonNode step : story.path("steps")) {
                String of = step.at("/event/requestId").asString("");
                if (!of.equals(request)) {
                    request = of;
                    console.out()
                            .printf(
                                    "request %s of %s%n",
                                    of, step.at("/event/actor").asString("the system"));
                }
                print(step, console.out());
            }
            int steps = story.path("steps").size();
            return ToolOutcome.good((steps == 1 ? "1 event" : "%,d events".formatted(steps))
                    + (story.path("complete").asBoolean() ? "" : "; there are more, see ./kontor events"));
        }
    }

    private static void print(JsonNode step, PrintStream out) {
        JsonNode event = step.path("event");
        out.printf(
                Locale.ROOT,
                "  %s  +%.3f s  %-12s %s %s #%d%n      %s%n",
                event.path("time").asString(),
                step.path("afterMicros").asLong() / 1e6,
                step.path("kind").asString().toLowerCase(Locale.ROOT),
                event.path("type").asString(),
                event.path("aggregateId").asString(),
                event.path("sequence").asLong(),
                EventsTool.payloadOf(event));
    }
}
