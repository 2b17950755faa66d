package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kontor.standalone.Shop;
import dev.kontor.standalone.platform.SpanCollector;
import dev.kontor.standalone.platform.SpanCollector.Seen;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One order's trace across the gateway, the command side and the query side, and its events in Axon Server. */
@OnAxonServer
class TracedProcessesIT {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319d";
    private static final String CLIENT_SPAN = "b7ad6b7169203332";
    /** Spans of an order, by the ends of their names. */
    private static final List<String> EXPECTED = List.of(
            "http post /api/v1/orders",
            "kontor.v1.OrderCommands/PlaceOrder",
            "PlaceOrder)",
            "OrderPlaced)",
            "StockReserved)",
            "OrderConfirmed)");

    @Test
    void an_order_is_one_trace_across_the_processes_and_axon_server_finds_its_events_by_it() throws Exception {
        Servers servers = Servers.find().orElseThrow();
        assumeTrue(
                servers.axonServerHttp().isPresent(),
                "KONTOR_TEST_AXONSERVER_HTTP=host:port does not say where Axon Server's REST API is");
        try (SpanCollector collector = new SpanCollector()) {
            Map<String, String> environment = new HashMap<>(servers.environment());
            environment.put("KONTOR_TRACING_ENDPOINT", collector.endpoint());
            try (Processes processes = Processes.start(servers, 1, environment)) {
                Shop shop = new Shop(processes.rest());
                String order = shop.signedInCustomer()
                        .client()
                        .sendJson(
                                "POST",
                                "/api/v1/orders",
                                Map.of("lines", List.of(shop.listedProduct(10).times(1))),
                                "Prefer",
                                "wait=30",
                                "traceparent",
                                "00-%s-%s-01".formatted(TRACE, CLIENT_SPAN))
                        .hasStatus(201)
                        .at("/id");

                List<Seen> spans = eventually(
                        SOON,
                        "all spans arrive, and those that they belong to",
                        () -> collector.of(TRACE),
                        seen -> EXPECTED.stream().allMatch(name -> hasSpan(seen, name))
                                && services(seen).size() == 3
                                && withoutParent(seen).size() == 1);
                assertThat(services(spans)).containsExactlyInAnyOrder("gateway", "command-side", "query-side");
                assertThat(withoutParent(spans).getFirst().parent()).isEqualTo(CLIENT_SPAN);
                assertThat(spans)
                        .anySatisfy(span -> assertThat(span.attributes()).containsValue(order));
                assertThat(found(servers.axonServerHttp().get(), "metaData(\"traceId\") = \"%s\"".formatted(TRACE)))
                        .as("the search of Axon Server's dashboard")
                        .contains("order.OrderPlaced", "order.OrderConfirmed", order);
            }
        }
    }

    private static Set<String> services(List<Seen> spans) {
        return spans.stream().map(Seen::service).collect(Collectors.toSet());
    }

    private static boolean hasSpan(List<Seen> spans, String end) {
        return spans.stream().anyMatch(span -> span.name().endsWith(end));
    }

    private static List<Seen> withoutParent(List<Seen> spans) {
        Set<String> ids = new HashSet<>();
        spans.forEach(span -> ids.add(span.id()));
        return spans.stream().filter(span -> !ids.contains(span.parent())).toList();
    }

    /** The answer to a search, by the REST API behind the dashboard: server-sent events until it is done. */
    private static String found(URI axonServer, String query) throws Exception {
        String path = "/v1/search?clientToken=test&timewindow=custom&query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8).replace("+", "%20");
        StringBuilder found = new StringBuilder();
        try (HttpClient http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(axonServer.resolve(path))
                            .timeout(SOON)
                            .build(),
                    BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    found.append(line).append('\n');
                    // The newest event comes first.
                    if (line.equals("event:done") || line.contains("order.OrderPlaced")) {
                        break;
                    }
                }
            }
        }
        return found.toString();
    }
}
