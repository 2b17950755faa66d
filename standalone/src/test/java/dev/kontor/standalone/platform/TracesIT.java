package dev.kontor.standalone.platform;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Packaged;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.WithKontor;
import dev.kontor.standalone.platform.SpanCollector.Seen;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TracesIT extends WithKontor {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CLIENT_SPAN = "b7ad6b7169203331";

    private void startTraced(String... settings) {
        kontor = KontorProcess.begin(Packaged.programThatSearchesBeans(), data(), Map.of(), settings)
                .untilReady();
        shop = new Shop(kontor);
    }

    private Answer orderInTrace(Product product) {
        Customer buyer = shop.signedInCustomer();
        return buyer.client()
                .sendJson(
                        "POST",
                        "/api/v1/orders",
                        Map.of("lines", List.of(product.times(1))),
                        "Prefer",
                        "wait=30",
                        "traceparent",
                        "00-%s-%s-01".formatted(TRACE, CLIENT_SPAN))
                .hasStatus(201);
    }

    private static boolean hasSpan(List<Seen> spans, String end) {
        return spans.stream().anyMatch(span -> span.name().endsWith(end));
    }

    private static List<Seen> withoutParent(List<Seen> spans) {
        Set<String> ids = spans.stream().map(Seen::id).collect(Collectors.toSet());
        return spans.stream().filter(span -> !ids.contains(span.parent())).toList();
    }

    @Test
    void an_order_is_one_trace_from_its_request_to_the_views() throws IOException {
        try (SpanCollector collector = new SpanCollector()) {
            startTraced("--kontor.tracing.endpoint=" + collector.endpoint());
            Product product = shop.listedProduct(10);

            String order = orderInTrace(product).at("/id");

            List<String> expected = List.of(
                    "http post /api/v1/orders",
                    "kontor.v1.OrderCommands/PlaceOrder",
                    "PlaceOrder)",
                    "OrderPlaced)",
                    "ReserveStock)",
                    "StockReserved)",
                    "ConfirmOrder)",
                    "OrderConfirmed)");
            List<Seen> spans = eventually(
                    SOON,
                    "all spans arrive, and those that they belong to",
                    () -> collector.of(TRACE),
                    seen -> expected.stream().allMatch(name -> hasSpan(seen, name))
                            && withoutParent(seen).size() == 1);
            assertThat(withoutParent(spans))
                    .as("only the request itself continues the span of the client")
                    .singleElement()
                    .satisfies(root -> assertThat(root.parent()).isEqualTo(CLIENT_SPAN))
                    .satisfies(root -> assertThat(root.name()).isEqualTo("http post /api/v1/orders"));
            assertThat(spans).anySatisfy(span -> assertThat(span.attributes()).containsValue(order));
        }
    }

    @Test
    void without_a_collector_orders_go_on() {
        startTraced("--kontor.tracing.endpoint=http://127.0.0.1:1/v1/traces", "--kontor.tracing.sampling=1.0");

        orderInTrace(shop.listedProduct(10));
    }
}
