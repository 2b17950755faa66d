package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Axon Server's dashboard shows of Kontor, read by the REST API behind it. */
@OnAxonServer
class DashboardIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static Processes processes;
    private static Shop shop;
    private static URI dashboard;

    @BeforeAll
    static void start() {
        Servers servers = Servers.find().orElseThrow();
        assumeTrue(
                servers.axonServerHttp().isPresent(),
                "KONTOR_TEST_AXONSERVER_HTTP=host:port does not say where Axon Server's REST API is");
        dashboard = servers.axonServerHttp().get();
        processes = Processes.start(servers, 1);
        shop = new Shop(processes.rest());
    }

    @AfterAll
    static void end() {
        if (processes != null) {
            processes.close();
        }
    }

    private static String get(String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(dashboard.resolve(path))
                                    .timeout(SOON)
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError("Axon Server does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void every_component_has_its_name() {
        eventually(
                SOON,
                "both sides are connected",
                () -> get("/v1/components/clients"),
                clients -> clients.contains("\"componentName\":\"command-side\"")
                        && clients.contains("\"componentName\":\"query-side\""));
    }

    @Test
    void what_each_component_handles_is_there() {
        eventually(
                SOON,
                "commands are registered",
                () -> get("/v1/components/command-side/commands?context=default"),
                commands -> commands.contains("OrderCommand") && commands.contains("ProductCommand"));
        eventually(
                SOON,
                "queries are registered",
                () -> get("/v1/components/query-side/queries?context=default"),
                queries -> queries.contains("FindOrder"));
        eventually(
                SOON,
                "processors are reported",
                () -> get("/v1/components/command-side/processors?context=default"),
                processors -> processors.contains("order-processing"));
        eventually(
                SOON,
                "views are reported",
                () -> get("/v1/components/query-side/processors?context=default"),
                processors -> processors.contains("catalog") && processors.contains("sessions"));
    }

    @Test
    void an_order_is_found_by_its_aggregate_with_the_request_that_led_to_it() {
        Customer customer = shop.signedInCustomer();
        Answer order = customer.orders(shop.listedProduct(3).times(1)).hasStatus(201);

        String events =
                get("/v1/events?aggregateId=%s&allowSnapshots=false&initialSequence=0".formatted(order.at("/id")));

        assertThat(events).contains("order.OrderPlaced", "order.OrderConfirmed", "correlationId", "traceId");
        assertThat(events).contains(order.header("X-Request-Id"));
    }
}
