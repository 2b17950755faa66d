package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.grpc.identity.TestSide;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.ListSigningKeysRequest;
import dev.kontor.testsupport.GrpcCalls;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class CallInterceptorTest {

    private static final class OutOfPaper extends RuntimeException {}

    private final TestSide side = new TestSide(
            id -> Optional.empty(),
            Clock.systemUTC(),
            failure -> failure instanceof OutOfPaper ? new RefusedException(Problem.OVERLOADED, "no paper") : null);

    @AfterEach
    void close() {
        side.close();
    }

    private void call(Channel channel) {
        IdentityCommandsGrpc.newBlockingStub(channel).listSigningKeys(ListSigningKeysRequest.getDefaultInstance());
    }

    private TestSide.Seen callWithRequestId(String requestId) {
        call(GrpcCalls.withHeaders(side.channel(), "x-request-id", requestId));
        return side.seen().getFirst();
    }

    private StatusRuntimeException failureOf(RuntimeException thrown) {
        side.does(() -> {
            throw thrown;
        });
        return catchThrowableOfType(StatusRuntimeException.class, () -> call(side.channel()));
    }

    @Test
    void a_request_id_arrives() {
        TestSide.Seen call = callWithRequestId("req-1");

        assertThat(call.requestId()).isEqualTo("req-1");
        assertThat(call.loggedAs()).isEqualTo("req-1");
    }

    @Test
    void a_harmful_request_id_is_replaced() {
        TestSide.Seen call = callWithRequestId("a b; rm -rf");

        assertThat(UUID.fromString(call.requestId()).version()).isEqualTo(4);
        assertThat(call.loggedAs()).isEqualTo(call.requestId());
    }

    @Test
    void a_call_without_a_request_id_gets_one() {
        call(side.channel());

        assertThat(side.seen())
                .singleElement()
                .satisfies(call ->
                        assertThat(UUID.fromString(call.requestId()).version()).isEqualTo(4));
    }

    @Test
    void a_caller_on_the_same_thread_keeps_its_request_id() throws IOException {
        String name = InProcessServerBuilder.generateName();
        Server onTheCallersThread = InProcessServerBuilder.forName(name)
                .executor(Runnable::run)
                .addService(new HealthStatusManager().getHealthService())
                .intercept(new CallInterceptor(failure -> null))
                .build()
                .start();
        ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
        MDC.put(RequestId.NAME, "outer");
        try {
            HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());

            assertThat(MDC.get(RequestId.NAME)).isEqualTo("outer");
        } finally {
            MDC.remove(RequestId.NAME);
            channel.shutdownNow();
            onTheCallersThread.shutdownNow();
        }
    }

    @Test
    void a_refusal_is_answered_as_such() {
        RefusedException refused = RefusalCodec.fromStatus(failureOf(new RefusedException(
                Problem.INSUFFICIENT_STOCK,
                "3 asked, 2 available",
                Map.of("available", "2"),
                List.of(new RefusedException.Violation("a", "b")))));

        assertThat(refused.problem()).isEqualTo(Problem.INSUFFICIENT_STOCK);
        assertThat(refused.detail()).isEqualTo("3 asked, 2 available");
        assertThat(refused.attributes()).containsExactly(Map.entry("available", "2"));
        assertThat(refused.violations()).containsExactly(new RefusedException.Violation("a", "b"));
    }

    @Test
    void a_known_failure_of_the_side_is_translated() {
        RefusedException refused = RefusalCodec.fromStatus(failureOf(new OutOfPaper()));

        assertThat(refused.problem()).isEqualTo(Problem.OVERLOADED);
        assertThat(refused.detail()).isEqualTo("no paper");
    }

    @Test
    void any_other_failure_is_internal_and_its_message_is_not_answered() {
        StatusRuntimeException failure = failureOf(new IllegalStateException("password of db-7 is hunter2"));

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(failure.getStatus().getDescription()).isEqualTo(Problem.INTERNAL.title());
        assertThat(failure.getTrailers().toString()).doesNotContain("hunter2");
        assertThat(RefusalCodec.fromStatus(failure).problem()).isEqualTo(Problem.INTERNAL);
    }

    @Test
    void a_status_is_passed_on_unchanged() {
        StatusRuntimeException failure =
                failureOf(Status.RESOURCE_EXHAUSTED.withDescription("too much").asRuntimeException());

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void an_unknown_status_is_an_internal_failure() {
        StatusRuntimeException failure =
                failureOf(Status.UNKNOWN.withDescription("password of db-7").asRuntimeException());

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(failure.getStatus().getDescription()).doesNotContain("db-7");
    }

    @Test
    void an_unknown_outcome_is_answered_as_such() {
        RefusedException told = RefusalCodec.fromStatus(
                failureOf(new OutcomeUnknownException(Problem.DEADLINE_EXCEEDED, "it took too long", null)));

        assertThat(told.problem()).isEqualTo(Problem.DEADLINE_EXCEEDED);
        assertThat(told.detail()).isEqualTo("it took too long");
    }
}
