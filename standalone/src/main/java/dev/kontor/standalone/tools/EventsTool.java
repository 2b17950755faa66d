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
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Shows events of the log of the running process, and follows it. */
final class EventsTool implements Tool {

    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final Duration BEFORE_THE_NEXT_STREAM = Duration.ofSeconds(1);
    private static final int LARGEST_PAGE = 100;
    private static final int MOST = 10_000;

    private static final String PATH = "/admin/events";
    private static final String AGGREGATE = "aggregate";
    private static final String LIMIT = "limit";
    private static final String UNMASK = "unmask";
    private static final String REASON = "reason";
    private static final String FOLLOW = "follow";
    private static final String OLDEST = "oldest";

    /** What a stream can be limited by, and what a search can. */
    private static final List<String> OF_STREAMS = List.of("type", AGGREGATE, "request");

    private static final List<String> FILTERS =
            Stream.concat(OF_STREAMS.stream(), Stream.of("from", "until")).toList();

    @Override
    public String name() {
        return "events";
    }

    @Override
    public String help() {
        return """
                ./kontor events [--type T] [--aggregate ID] [--request ID] [--from TIME] [--until TIME]
                                [--limit N] [--oldest] [--data DIR]
                ./kontor events --follow [--type T] [--aggregate ID] [--request ID] [--limit N] [--data DIR]
                ./kontor events --aggregate ID --unmask SEQUENCE --reason TEXT [--data DIR]

                Shows the last events of the log of the running Kontor, the newest last. Personal data is
                masked (***).

                  --type T         the name of a type of events, like order.OrderPlaced
                  --aggregate ID   of one order, product, customer, session; operators: the acts of operators
                  --request ID     that one request led to
                  --from TIME      from a time on, like 2026-03-01T12:00:00Z; --until ends before a time
                  --limit N        how many, 0 to 10,000                         (20)
                  --oldest         the first events instead of the last ones
                  --follow         goes on with each event that is appended; Ctrl-C stops it
                  --unmask N       shows the event of the aggregate with this sequence number, with its personal
                                   data; the log records this with the reason
                  --data DIR       the data folder that Kontor runs on   (./data)
                """;
    }

    @Override
    public Set<String> options() {
        return Stream.concat(FILTERS.stream(), Stream.of(LIMIT, UNMASK, REASON)).collect(Collectors.toSet());
    }

    @Override
    public Set<String> flags() {
        return Set.of(FOLLOW, OLDEST);
    }

    @Override
    public ToolOutcome run(Arguments arguments, ToolConsole console) throws IOException {
        check(arguments);
        int limit = limit(arguments);
        DataFolder data = arguments.data();
        if (!EmbeddedStore.isInUse(data.log())) {
            throw new ToolException("No Kontor runs on " + data.root());
        }
        try (RunningKontor running = new RunningKontor(data)) {
            if (arguments.option(UNMASK).isPresent()) {
                print(unmask(running, arguments), console.out());
                return ToolOutcome.good("The log has a record of this: ./kontor events --aggregate operators");
            }
            if (arguments.has(FOLLOW)) {
                return follow(running, arguments, limit, console.out());
            }
            Deque<JsonNode> found = find(running, query(arguments, FILTERS), limit, arguments.has(OLDEST));
            found.forEach(event -> print(event, console.out()));
            return ToolOutcome.good(found.size() == 1 ? "1 event" : "%,d events".formatted(found.size()));
        }
    }

    private static void check(Arguments arguments) {
        boolean unmasks = arguments.option(UNMASK).isPresent();
        if (unmasks != arguments.option(REASON).isPresent()) {
            throw new UsageException("--unmask and --reason belong together");
        }
        if (!arguments.option(UNMASK).orElse("0").matches("\\d{1,18}")) {
            throw new UsageException("--unmask is a sequence number");
        }
        if (unmasks && (arguments.option(AGGREGATE).isEmpty() || arguments.has(FOLLOW))) {
            throw new UsageException("--unmask needs --aggregate, and does not follow the log");
        }
        if (arguments.has(FOLLOW)
                && (arguments.has(OLDEST)
                        || arguments.option("from").isPresent()
                        || arguments.option("until").isPresent())) {
            throw new UsageException("--follow shows what is appended, without --oldest, --from and --until");
        }
    }

    private static int limit(Arguments arguments) {
        String limit = arguments.option(LIMIT).orElse("20");
        if (!limit.matches("\\d{1,5}") || Integer.parseInt(limit) > MOST) {
            throw new UsageException("--limit is a number from 0 to 10,000");
        }
        return Integer.parseInt(limit);
    }

    private static JsonNode unmask(RunningKontor running, Arguments arguments) throws IOException {
        String sequence = arguments.option(UNMASK).orElseThrow();
        return running.post(
                PATH + "/unmask",
                Map.of(
                        "aggregateId", arguments.option(AGGREGATE).orElseThrow(),
                        "sequence", Long.valueOf(sequence),
                        "reason", arguments.option(REASON).orElseThrow()),
                WITHIN);
    }

    private static String query(Arguments arguments, List<String> filters) {
        return filters.stream()
                .flatMap(name -> arguments.option(name).stream()
                        .map(value -> name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)))
                .collect(Collectors.joining("&"));
    }

    /** In the order of the log. */
    private static Deque<JsonNode> find(RunningKontor running, String query, int limit, boolean oldest)
            throws IOException {
        Deque<JsonNode> found = new ArrayDeque<>();
        String token = "";
        while (found.size() < limit) {
            JsonNode page = running.get(
                    PATH
                            + "?%s&first=%s&pageSize=%d%s"
                                    .formatted(
                                            query,
                                            oldest ? "OLDEST" : "NEWEST",
                                            Math.min(LARGEST_PAGE, limit - found.size()),
                                            token.isEmpty() ? "" : "&pageToken=" + token),
                    WITHIN);
            page.path("items").forEach(oldest ? found::addLast : found::addFirst);
            if (page.path("nextPageToken").isNull()) {
                break;
            }
            token = page.path("nextPageToken").asString();
        }
        return found;
    }

    /** The stream begins before the search: an event that both have is shown once. */
    private static ToolOutcome follow(RunningKontor running, Arguments arguments, int limit, PrintStream out)
            throws IOException {
        String query = query(arguments, OF_STREAMS);
        JsonNode end = running.get(PATH + "?pageSize=1", WITHIN).at("/items/0/position");
        String[] last = {end.isMissingNode() ? "-1" : end.asString()};
        Set<String> shown = new HashSet<>();
        find(running, query, limit, false).forEach(event -> {
            print(event, out);
            shown.add(event.path("id").asString());
        });
        while (running.follow(PATH + "/live?" + query, last[0], event -> {
            if (!shown.remove(event.path("id").asString())) {
                print(event, out);
            }
            last[0] = event.path("position").asString();
            return !out.checkError();
        })) {
            // The token has expired, or the process stops.
            LockSupport.parkNanos(BEFORE_THE_NEXT_STREAM.toNanos());
        }
        return ToolOutcome.good("The output is closed");
    }

    private static void print(JsonNode event, PrintStream out) {
        JsonNode position = event.path("position");
        out.printf(
                "%8s  %-27s  %-32s %s #%d%s%s%n          %s%n",
                position.isMissingNode() ? "" : position.asString(),
                event.path("time").asString(),
                event.path("type").asString(),
                event.path("aggregateId").asString(),
                event.path("sequence").asLong(),
                said("  request ", event.path("requestId")),
                said("  by ", event.path("actor")),
                payloadOf(event));
    }

    static String payloadOf(JsonNode event) {
        return event.has("unknownType")
                ? "a newer version wrote it: this one does not know its type"
                : event.path("payload").toString();
    }

    private static String said(String what, JsonNode value) {
        return value.isMissingNode() ? "" : what + value.asString();
    }
}
