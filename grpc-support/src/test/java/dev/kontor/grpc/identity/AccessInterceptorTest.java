package dev.kontor.grpc.identity;

import static dev.kontor.testsupport.TokenForge.NOW;
import static dev.kontor.testsupport.TokenForge.honest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.grpc.identity.TestSide.Seen;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Access;
import dev.kontor.proto.Common;
import dev.kontor.proto.cart.CartCommandsGrpc;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.catalog.CatalogCommandsGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.customer.CustomerCommandsGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.operations.ViewOperationsGrpc;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.testsupport.MutableClock;
import dev.kontor.testsupport.TokenForge;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.channelz.v1.ChannelzGrpc;
import io.grpc.channelz.v1.GetServersRequest;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessInterceptorTest {

    private static final String CUSTOMER = honest().token();
    private static final String ADMIN = honest().with("role", "ADMIN").token();

    private final TestSide side = TestSide.simple();

    @AfterEach
    void close() {
        side.close();
    }

    private Channel anonymous() {
        return side.channel();
    }

    private Channel bearing(String token) {
        return side.channelWith("authorization", "Bearer " + token);
    }

    private static Problem problemOf(ThrowingCallable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure).as("the refusal").isNotNull();
        Problem problem = RefusalCodec.fromStatus(failure).problem();
        assertThat(failure.getStatus().getCode()).isEqualTo(problem.grpcCode());
        return problem;
    }

    @Test
    void public_methods_are_open_to_all_callers() {
        side.callPublic(anonymous());
        side.callPublic(bearing(CUSTOMER));
        side.callPublic(bearing(ADMIN));

        assertThat(side.seen())
                .extracting(Seen::caller)
                .hasSize(3)
                .first()
                .satisfies(caller -> assertThat(caller).isEmpty());
    }

    @Test
    void methods_for_signed_in_callers_are_closed_without_a_token() {
        assertThat(problemOf(() -> side.callSignedIn(anonymous()))).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(side.seen()).isEmpty();
    }

    @Test
    void a_method_gets_the_caller_of_the_token() {
        side.callSignedIn(bearing(CUSTOMER));

        assertThat(side.seen())
                .singleElement()
                .satisfies(call -> assertThat(call.caller())
                        .contains(new Caller(
                                TokenForge.CUSTOMER_ID,
                                "CUSTOMER",
                                TokenForge.SESSION_ID,
                                7,
                                NOW.plusSeconds(900),
                                CUSTOMER)));
    }

    @Test
    void methods_for_admins_are_open_to_admins_only() {
        assertThat(problemOf(() -> side.callAdmin(anonymous()))).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(problemOf(() -> side.callAdmin(bearing(CUSTOMER)))).isEqualTo(Problem.FORBIDDEN);
        assertThat(side.seen()).isEmpty();

        side.callAdmin(bearing(ADMIN));

        assertThat(side.seen()).hasSize(1);
    }

    @Test
    void admins_may_call_methods_for_signed_in_callers() {
        side.callSignedIn(bearing(ADMIN));

        assertThat(side.seen()).hasSize(1);
    }

    @Test
    void an_invalid_token_counts_as_none_where_none_is_needed() {
        String expired =
                honest().with("exp", NOW.minusSeconds(1).getEpochSecond()).token();

        side.callPublic(bearing(expired));

        assertThat(side.seen())
                .singleElement()
                .satisfies(call -> assertThat(call.caller()).isEmpty());
        assertThat(problemOf(() -> side.callSignedIn(bearing(expired)))).isEqualTo(Problem.UNAUTHENTICATED);
    }

    @Test
    void a_public_method_that_needs_a_caller_answers_the_refusal_of_the_token() {
        side.does(Caller::required);
        RefusedException away = new RefusedException(Problem.UNAVAILABLE, Problem.UNAVAILABLE.title());
        try (TestSide withoutKeys = new TestSide(
                id -> {
                    throw away;
                },
                new MutableClock(NOW),
                failure -> null)) {
            withoutKeys.does(Caller::required);

            assertThat(problemOf(() ->
                            withoutKeys.callPublic(withoutKeys.channelWith("authorization", "Bearer " + CUSTOMER))))
                    .isEqualTo(Problem.UNAVAILABLE);
        }
        assertThat(problemOf(() -> side.callPublic(bearing("junk")))).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(problemOf(() -> side.callPublic(anonymous()))).isEqualTo(Problem.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer", "token", "bearer x"})
    void anything_but_a_bearer_token_is_refused(String authorization) {
        Channel channel = side.channelWith("authorization", authorization);

        assertThat(problemOf(() -> side.callSignedIn(channel))).isEqualTo(Problem.UNAUTHENTICATED);
    }

    @Test
    void a_method_that_declares_no_access_is_closed() {
        Stream.of(anonymous(), bearing(CUSTOMER), bearing(ADMIN))
                .map(ChannelzGrpc::newBlockingStub)
                .forEach(stub -> assertThat(problemOf(() -> stub.getServers(GetServersRequest.getDefaultInstance())))
                        .isEqualTo(Problem.FORBIDDEN));
    }

    @Test
    void health_is_open_to_all_callers() {
        assertThat(TestSide.health(anonymous())
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void a_token_that_cannot_be_verified_now_is_answered_as_unavailable() {
        try (TestSide cutOff = new TestSide(
                id -> {
                    throw new RefusedException(Problem.UNAVAILABLE, "Tokens cannot be verified at the moment");
                },
                new MutableClock(NOW),
                failure -> null)) {
            Channel channel = cutOff.channelWith("authorization", "Bearer " + CUSTOMER);

            assertThat(problemOf(() -> cutOff.callSignedIn(channel))).isEqualTo(Problem.UNAVAILABLE);
            assertThat(cutOff.seen()).isEmpty();
        }
    }

    static Stream<MethodDescriptor<?, ?>> contract() {
        return Stream.of(
                        IdentityCommandsGrpc.getServiceDescriptor(),
                        CustomerCommandsGrpc.getServiceDescriptor(),
                        CustomerQueriesGrpc.getServiceDescriptor(),
                        CatalogCommandsGrpc.getServiceDescriptor(),
                        CatalogQueriesGrpc.getServiceDescriptor(),
                        CartCommandsGrpc.getServiceDescriptor(),
                        CartQueriesGrpc.getServiceDescriptor(),
                        OrderCommandsGrpc.getServiceDescriptor(),
                        OrderQueriesGrpc.getServiceDescriptor(),
                        ViewOperationsGrpc.getServiceDescriptor())
                .map(ServiceDescriptor::getMethods)
                .flatMap(methods -> methods.stream());
    }

    @ParameterizedTest
    @MethodSource("contract")
    void every_method_of_the_api_declares_its_access(MethodDescriptor<?, ?> method) {
        ProtoMethodDescriptorSupplier schema = (ProtoMethodDescriptorSupplier) method.getSchemaDescriptor();

        assertThat(schema.getMethodDescriptor().getOptions().getExtension(Common.access))
                .isIn(Access.PUBLIC, Access.SIGNED_IN, Access.ADMIN);
    }
}
