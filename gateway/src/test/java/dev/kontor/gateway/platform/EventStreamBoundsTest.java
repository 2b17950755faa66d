package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.gateway.GraphQlTest;
import dev.kontor.gateway.RawClient;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** The bounds on all streams of a gateway together. */
@TestPropertySource(properties = {"kontor.live.streams=3", "kontor.live.heartbeat=1s"})
class EventStreamBoundsTest extends GraphQlTest {

    private static final String EVENTS = "/api/v1/orders/order-1/events";
    private static final String SUBSCRIPTION = "subscription { order(id: \"order-1\") { id } }";

    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(RawClient::close);
    }

    private void watch() throws IOException {
        RawClient client = new RawClient(port);
        clients.add(client);
        client.send("GET " + EVENTS + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + CUSTOMER + "\r\n\r\n")
                .until("data: ");
    }

    private Answer subscribe() {
        return ask(CUSTOMER, SUBSCRIPTION, Map.of(), "Accept", "text/event-stream");
    }

    private static void assertOverloaded(Answer refused) {
        refused.satisfies(problem(Problem.OVERLOADED));
        assertThat(refused.header("Retry-After")).isEqualTo("10");
    }

    @Test
    void too_many_streams_in_sum_are_refused_until_one_ends() throws IOException {
        sides.onStream(
                OrderQueriesGrpc.getWatchOrderMethod(), (request, answers) -> answers.onNext(LargeOrder.inVersion(0)));
        watch();
        watch();
        watch();

        assertOverloaded(sendAs(CUSTOMER, "GET", EVENTS));
        assertOverloaded(subscribe());
        // Other requests have bounds of their own.
        send("GET", "/v3/api-docs").hasStatus(200);

        clients.removeFirst().close();
        sides.onStream(OrderQueriesGrpc.getWatchOrderMethod(), (request, answers) -> {
            answers.onNext(LargeOrder.inVersion(1));
            answers.onCompleted();
        });
        // The gateway notices at a heartbeat that the client has left.
        await().atMost(Duration.ofSeconds(90)).until(() -> subscribe().status() == 200);
    }

    @Test
    void streams_take_a_bounded_share_of_the_memory() {
        StreamLimits limits = new StreamLimits(new LiveSettings(100, 100, Duration.ofSeconds(15)), 1_000);
        limits.enter("a", 600);
        limits.enter("b", 400);

        assertThat(refusal(limits, 1)).isEqualTo(Problem.OVERLOADED);
        limits.leave("a", 600);
        limits.enter("a", 500);
        assertThat(refusal(limits, 101)).isEqualTo(Problem.OVERLOADED);
        limits.enter("a", 100);
        assertThat(limits.open()).isEqualTo(3);
    }

    @Test
    void a_stream_that_is_larger_than_the_share_may_be_the_only_one() {
        StreamLimits limits = new StreamLimits(new LiveSettings(100, 100, Duration.ofSeconds(15)), 10);

        limits.enter("a", 600);

        assertThat(refusal(limits, 600)).isEqualTo(Problem.OVERLOADED);
    }

    private static Problem refusal(StreamLimits limits, long bytes) {
        try {
            limits.enter("c", bytes);
            return null;
        } catch (RefusedException refused) {
            return refused.problem();
        }
    }
}
