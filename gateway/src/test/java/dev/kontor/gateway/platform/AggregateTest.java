package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.AggregateState;
import dev.kontor.proto.operations.OperatorCommandsGrpc;
import dev.kontor.proto.operations.ReplayAggregateRequest;
import dev.kontor.testsupport.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregateTest extends GatewayTest {

    private static final String AGGREGATE = "/api/v1/admin/aggregates/product-1";

    private ReplayAggregateRequest asked(String query) {
        sides.on(
                OperatorCommandsGrpc.getReplayAggregateMethod(),
                request -> AggregateState.newBuilder().setState("{}").build());
        sendAs(ADMIN, "GET", AGGREGATE + query).hasStatus(200);
        return (ReplayAggregateRequest)
                sides.received(OperatorCommandsGrpc.getReplayAggregateMethod()).request();
    }

    @Test
    void a_state_is_shown_with_the_event_that_led_to_it() {
        sides.on(
                OperatorCommandsGrpc.getReplayAggregateMethod(),
                request -> AggregateState.newBuilder()
                        .setAggregateType("Product")
                        .setAggregateId("product-1")
                        .setVersion(3)
                        .setTimeMicros(1_772_366_460_123_456L)
                        .setType("catalog.StockAdded")
                        .setState("{\"stock\":{\"available\":3},\"owner\":null}")
                        .build());

        Answer answer = sendAs(ADMIN, "GET", AGGREGATE).hasStatus(200);

        assertThat(answer.body())
                .isEqualTo("{\"aggregateType\":\"Product\",\"aggregateId\":\"product-1\",\"version\":3,"
                        + "\"time\":\"2026-03-01T12:01:00.123456Z\",\"type\":\"catalog.StockAdded\","
                        + "\"state\":{\"stock\":{\"available\":3},\"owner\":null},\"masked\":false}");
    }

    @Test
    void the_version_or_the_time_is_passed_on() {
        ReplayAggregateRequest newest =
                ReplayAggregateRequest.newBuilder().setAggregateId("product-1").build();
        assertThat(asked("")).isEqualTo(newest);
        assertThat(asked("?version=0"))
                .isEqualTo(newest.toBuilder().setVersion(0).build());
        assertThat(asked("?time=2026-03-01T12:01:00.123456Z"))
                .isEqualTo(
                        newest.toBuilder().setTimeMicros(1_772_366_460_123_456L).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"?version=x", "?time=yesterday", "?version=1&time=2026-03-01T12:01:00Z"})
    void what_cannot_be_asked_for_is_refused(String query) {
        sendAs(ADMIN, "GET", AGGREGATE + query).satisfies(problem(Problem.INVALID_REQUEST));
    }

    @Test
    void what_is_not_in_the_log_is_not_found() {
        sides.on(OperatorCommandsGrpc.getReplayAggregateMethod(), request -> {
            throw new RefusedException(Problem.NOT_FOUND, "The log has no such aggregate");
        });

        sendAs(ADMIN, "GET", AGGREGATE).satisfies(problem(Problem.NOT_FOUND));
    }
}
