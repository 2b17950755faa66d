package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.operations.Checkpoint;
import dev.kontor.proto.operations.LogOperationsGrpc;
import dev.kontor.testsupport.Answer;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTest extends GatewayTest {

    @ParameterizedTest
    @CsvSource({"'',without", "?keys=false,without", "?keys=true,with"})
    void an_admin_copies_the_log_with_or_without_the_keys(String query, String keys) {
        sides.on(
                LogOperationsGrpc.getCreateCheckpointMethod(),
                q -> Checkpoint.newBuilder()
                        .setFolder("/data/checkpoints/" + (q.getKeys() ? "with" : "without"))
                        .setEvents(12)
                        .build());

        Answer answer =
                sendAs(ADMIN, "POST", "/api/v1/admin/checkpoints" + query).hasStatus(201);

        assertThat(answer.body()).isEqualTo("{\"folder\":\"/data/checkpoints/%s\",\"events\":12}".formatted(keys));
    }

    @Test
    void if_another_server_keeps_the_log_the_answer_is_404() {
        sides.on(LogOperationsGrpc.getCreateCheckpointMethod(), q -> {
            // The answer of a server without this service.
            throw Status.UNIMPLEMENTED.asRuntimeException();
        });

        Answer answer = sendAs(ADMIN, "POST", "/api/v1/admin/checkpoints").satisfies(problem(Problem.NOT_FOUND));

        assertThat(answer.at("/detail")).contains("The log is not kept here");
    }
}
