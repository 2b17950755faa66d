package dev.kontor.grpc.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.grpc.identity.TestSide.Seen;
import dev.kontor.grpc.platform.RequestId;
import dev.kontor.proto.cart.CartCommandsGrpc;
import dev.kontor.testsupport.TokenForge;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutgoingCallsTest {

    private static final String TOKEN = TokenForge.honest().token();
    private static final Caller CALLER = new Caller(
            TokenForge.CUSTOMER_ID, "CUSTOMER", TokenForge.SESSION_ID, 7, TokenForge.NOW.plusSeconds(900), TOKEN);

    private final TestSide side = TestSide.simple();
    private final Channel gateway = side.gatewayChannel(Duration.ofSeconds(7));

    @AfterEach
    void close() {
        side.close();
    }

    private Seen onlyCall() {
        List<Seen> calls = side.seen();
        assertThat(calls).hasSize(1);
        return calls.getFirst();
    }

    @Test
    void the_callers_token_is_sent() {
        CALLER.in(Context.ROOT).run(() -> side.callSignedIn(gateway));

        assertThat(onlyCall().caller()).contains(CALLER);
    }

    @Test
    void without_a_caller_no_token_is_sent() {
        side.callPublic(gateway);

        assertThat(onlyCall().caller()).isEmpty();
    }

    @Test
    void the_request_id_is_sent() {
        RequestId.in(Context.ROOT, "req-1").run(() -> side.callPublic(gateway));

        assertThat(onlyCall().requestId()).isEqualTo("req-1");
    }

    @Test
    void a_call_outside_a_request_gets_a_request_id() {
        side.callPublic(gateway);

        assertThat(UUID.fromString(onlyCall().requestId()).version()).isEqualTo(4);
    }

    @Test
    void a_call_has_a_deadline() {
        side.callPublic(gateway);

        assertThat(onlyCall().deadline().timeRemaining(TimeUnit.MILLISECONDS)).isBetween(1L, 7_000L);
    }

    @Test
    void a_stream_has_no_deadline() {
        List<Deadline> deadlines = new ArrayList<>();
        Channel watched = new Channel() {
            @Override
            public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
                deadlines.add(options.getDeadline());
                return gateway.newCall(method, options);
            }

            @Override
            public String authority() {
                return gateway.authority();
            }
        };

        new OutgoingCalls(Duration.ofSeconds(7), Optional.empty())
                .interceptCall(HealthGrpc.getWatchMethod(), CallOptions.DEFAULT, watched);

        assertThat(deadlines).hasSize(1).containsOnlyNulls();
    }

    @Test
    void a_deadline_that_was_set_stays() {
        CALLER.in(Context.ROOT)
                .run(() -> side.callSignedIn(
                        CartCommandsGrpc.newBlockingStub(gateway).withDeadlineAfter(60, TimeUnit.SECONDS)));

        assertThat(onlyCall().deadline().timeRemaining(TimeUnit.MILLISECONDS)).isBetween(7_001L, 60_000L);
    }

    @Test
    void a_call_without_an_answer_ends_at_its_deadline() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        side.does(() -> {
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        StatusRuntimeException failure = catchThrowableOfType(
                StatusRuntimeException.class, () -> side.callPublic(side.gatewayChannel(Duration.ofMillis(50))));
        answered.countDown();

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }
}
