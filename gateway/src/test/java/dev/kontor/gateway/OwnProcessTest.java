package dev.kontor.gateway;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.order.ListOrdersResponse;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.WatchOrderResponse;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gateway with its own settings and nothing else. */
class OwnProcessTest {

    private final SocketSide side = new SocketSide();
    private RunningGateway gateway;

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        side.close();
    }

    @Test
    void health_and_metrics_are_open_on_their_own_port_and_on_no_other() {
        gateway = new RunningGateway("--kontor.command-side=" + side.target(), "--kontor.query-side=" + side.target());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> gateway.manage("/actuator/health/readiness").status() == 200);

        gateway.manage("/actuator/health/liveness").hasStatus(200);
        assertThat(gateway.manage("/actuator/prometheus").hasStatus(200).body())
                .contains("jvm_memory_used_bytes", "resilience4j_circuitbreaker_state{name=\"command-side\"");
        gateway.manage("/actuator/env").satisfies(problem(Problem.UNAUTHENTICATED));
        gateway.get("/actuator/health").satisfies(problem(Problem.NOT_FOUND));
        gateway.get("/actuator/prometheus").satisfies(problem(Problem.UNAUTHENTICATED));
        gateway.getAs(TestAuthority.INSTANCE.token("admin-1", "ADMIN"), "/actuator/prometheus")
                .satisfies(problem(Problem.NOT_FOUND));
    }

    @Test
    void event_streams_end_when_their_side_has_gone_and_when_the_gateway_stops() throws IOException {
        gateway = new RunningGateway("--kontor.command-side=" + side.target(), "--kontor.query-side=" + side.target());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> gateway.manage("/actuator/health/readiness").status() == 200);
        ScriptedSides.INSTANCE.onStream(
                OrderQueriesGrpc.getWatchOrderMethod(),
                (request, answers) -> answers.onNext(WatchOrderResponse.getDefaultInstance()));
        try (RawClient first = watch();
                RawClient second = watchAfterTheSideWasRestarted(first)) {
            gateway.close();
            gateway = null;

            assertThat(second.until("\r\n0\r\n\r\n")).endsWith("0\r\n\r\n");
        }
    }

    private RawClient watchAfterTheSideWasRestarted(RawClient first) throws IOException {
        side.kill();
        assertThat(first.until("\r\n0\r\n\r\n")).endsWith("0\r\n\r\n");
        side.start();
        ScriptedSides.INSTANCE.on(
                OrderQueriesGrpc.getListOrdersMethod(), request -> ListOrdersResponse.getDefaultInstance());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> gateway.getAs(customer(), "/api/v1/orders").status() == 200);
        return watch();
    }

    private static String customer() {
        return TestAuthority.INSTANCE.token("customer-1", "CUSTOMER");
    }

    private RawClient watch() throws IOException {
        RawClient client = new RawClient(gateway.port());
        client.send("GET /api/v1/orders/order-1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + customer() + "\r\n\r\n");
        assertThat(client.until("retry: ")).startsWith("HTTP/1.1 200");
        return client;
    }

    @Test
    void it_starts_without_the_sides_and_is_ready_once_one_of_them_is() {
        side.kill();
        gateway = new RunningGateway(
                "--kontor.command-side=" + side.target(), "--kontor.query-side=list:///nowhere.invalid:9092");
        gateway.manage("/actuator/health/readiness").hasStatus(503);
        gateway.manage("/actuator/health/liveness").hasStatus(200);
        gateway.get("/api/v1/catalog/products").satisfies(problem(Problem.UNAVAILABLE));
        gateway.getAs(TestAuthority.INSTANCE.token("customer-1", "CUSTOMER"), "/api/v1/cart")
                .satisfies(problem(Problem.UNAVAILABLE));

        side.start();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> gateway.manage("/actuator/health/readiness").status() == 200);
    }

    @Test
    void an_invalid_address_ends_the_start_with_a_sentence() {
        assertThatThrownBy(() -> new RunningGateway("--kontor.query-side=list:///query-side"))
                .rootCause()
                .hasMessageContaining("kontor.query-side (KONTOR_QUERY_SIDE) is \"list:///query-side\"")
                .hasMessageContaining("\"query-side\" is no host:port");
        assertThatThrownBy(() -> new RunningGateway("--kontor.command-side=consul:///command-side"))
                .rootCause()
                .hasMessageContaining("\"consul\" is not a known scheme");
    }
}
