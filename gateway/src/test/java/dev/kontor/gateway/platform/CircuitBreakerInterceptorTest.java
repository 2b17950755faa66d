package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc.CatalogQueriesBlockingStub;
import dev.kontor.proto.catalog.CatalogQueriesGrpc.CatalogQueriesImplBase;
import dev.kontor.proto.catalog.ListCategoriesRequest;
import dev.kontor.proto.catalog.ListCategoriesResponse;
import dev.kontor.proto.identity.AwaitRevocationRequest;
import dev.kontor.proto.identity.AwaitRevocationResponse;
import dev.kontor.proto.identity.ListKeysRequest;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.proto.identity.TokenVerificationGrpc;
import dev.kontor.proto.identity.TokenVerificationGrpc.TokenVerificationImplBase;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderQueriesGrpc.OrderQueriesImplBase;
import dev.kontor.proto.order.WatchOrderRequest;
import dev.kontor.proto.order.WatchOrderResponse;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CircuitBreakerInterceptorTest {

    private static final StatusRuntimeException ANSWER = null;

    private final CircuitBreakerSettings settings = new CircuitBreakerSettings(true, 4, 80, Duration.ofMinutes(1), 2);
    private final CircuitBreaker breaker =
            new CircuitBreakers().gatewayBreakers(settings).circuitBreaker("a-side");
    private volatile StatusRuntimeException failure;
    private volatile boolean silent;
    private int asked;
    private Server server;
    private ManagedChannel bare;
    private Channel channel;
    private CatalogQueriesBlockingStub catalog;

    @BeforeEach
    void start() throws Exception {
        String name = InProcessServerBuilder.generateName();
        server = InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(new CatalogQueriesImplBase() {
                    @Override
                    public void listCategories(
                            ListCategoriesRequest request, StreamObserver<ListCategoriesResponse> answer) {
                        asked++;
                        reply(answer, ListCategoriesResponse.getDefaultInstance());
                    }
                })
                .addService(new OrderQueriesImplBase() {
                    @Override
                    public void watchOrder(WatchOrderRequest request, StreamObserver<WatchOrderResponse> answer) {
                        answer.onNext(WatchOrderResponse.getDefaultInstance());
                    }
                })
                .addService(new TokenVerificationImplBase() {
                    @Override
                    public void awaitRevocation(
                            AwaitRevocationRequest request, StreamObserver<AwaitRevocationResponse> answer) {
                        reply(answer, AwaitRevocationResponse.getDefaultInstance());
                    }

                    @Override
                    public void listKeys(ListKeysRequest request, StreamObserver<SigningKeys> answer) {
                        reply(answer, SigningKeys.getDefaultInstance());
                    }
                })
                .build()
                .start();
        bare = InProcessChannelBuilder.forName(name).directExecutor().build();
        channel = ClientInterceptors.intercept(bare, new CircuitBreakerInterceptor(breaker, settings.open()));
        catalog = CatalogQueriesGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void stop() {
        bare.shutdownNow();
        server.shutdownNow();
    }

    private <A> void reply(StreamObserver<A> answer, A message) {
        if (failure != ANSWER) {
            answer.onError(failure);
        } else if (!silent) {
            answer.onNext(message);
            answer.onCompleted();
        }
    }

    private StatusRuntimeException call(int times) {
        StatusRuntimeException last = null;
        for (int i = 0; i < times; i++) {
            last = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> catalog.listCategories(ListCategoriesRequest.getDefaultInstance()));
        }
        return last;
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL", "UNKNOWN"})
    void while_nearly_all_calls_fail_no_call_is_sent(Status.Code code) {
        failure = code.toStatus().asRuntimeException();
        call(4);

        RefusedException refused = RefusalCodec.fromStatus(call(1));

        assertThat(breaker.getState()).isEqualTo(State.OPEN);
        assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE);
        assertThat(refused.attributes()).containsEntry(Problems.RETRY_AFTER, "60");
        assertThat(asked).isEqualTo(4);
    }

    @Test
    void one_success_among_the_failures_keeps_it_closed() {
        call(1);
        failure = Status.UNAVAILABLE.asRuntimeException();
        call(3);

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Problem.class,
            names = {"UNAVAILABLE", "STORAGE_FAILED", "OVERLOADED", "INTERNAL", "CONFLICT", "UNAUTHENTICATED"})
    void a_refusal_is_an_answer(Problem problem) {
        failure = RefusalCodec.toStatus(new RefusedException(problem, problem.title()));

        assertThat(RefusalCodec.fromStatus(call(8)).problem()).isEqualTo(problem);

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void cancelled_calls_do_not_count() {
        silent = true;
        for (int i = 0; i < 8; i++) {
            CancellableContext impatient = Context.ROOT.withCancellation();
            impatient.run(() -> CatalogQueriesGrpc.newFutureStub(channel)
                    .listCategories(ListCategoriesRequest.getDefaultInstance()));
            impatient.cancel(null);
        }

        assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void successful_trials_close_the_breaker() {
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
        silent = true;
        CancellableContext impatient = Context.ROOT.withCancellation();
        impatient.run(() ->
                CatalogQueriesGrpc.newFutureStub(channel).listCategories(ListCategoriesRequest.getDefaultInstance()));
        impatient.cancel(null);
        silent = false;

        assertThat(call(2)).as("the cancelled call has used up no trial").isNull();

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void calls_about_tokens_always_pass() {
        breaker.transitionToOpenState();

        assertThat(TokenVerificationGrpc.newBlockingStub(channel)
                        .awaitRevocation(AwaitRevocationRequest.getDefaultInstance()))
                .isEqualTo(AwaitRevocationResponse.getDefaultInstance());
        assertThat(TokenVerificationGrpc.newBlockingStub(channel).listKeys(ListKeysRequest.getDefaultInstance()))
                .isEqualTo(SigningKeys.getDefaultInstance());
    }

    /** Otherwise the trial calls of a half-open breaker could be streams, which take minutes. */
    @Test
    void a_stream_counts_with_its_first_message() {
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();

        for (int i = 0; i < 2; i++) {
            OrderQueriesGrpc.newBlockingStub(channel)
                    .watchOrder(WatchOrderRequest.getDefaultInstance())
                    .next();
        }

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }
}
