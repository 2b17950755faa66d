package dev.kontor.grpc.identity;

import static dev.kontor.testsupport.GrpcCalls.withHeaders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityCommandsGrpc.IdentityCommandsImplBase;
import dev.kontor.proto.identity.SignInRequest;
import dev.kontor.proto.identity.Tokens;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayInterceptorTest {

    private static final GatewayProof PROOF = GatewayProof.of("cFz0iGDWVeTYkMsoHTPmZh7jLpiZTq8Skt8Y/eYyxzM=");
    private static final GatewayProof ANOTHER = GatewayProof.of("rW9gkz1QC8WvIS1FvEMPVnTqBPm5dgLJbFHIyFDwbhY=");

    private final BlockingQueue<Optional<String>> networks = new LinkedBlockingQueue<>();
    private final List<Runnable> ends = new ArrayList<>();

    private final class Identity extends IdentityCommandsImplBase {

        @Override
        public void signIn(SignInRequest request, StreamObserver<Tokens> answer) {
            networks.add(ClientNetwork.current());
            answer.onNext(Tokens.getDefaultInstance());
            answer.onCompleted();
        }
    }

    @AfterEach
    void end() {
        ends.forEach(Runnable::run);
    }

    private Channel onThePortOf(GatewayInterceptor interceptor) throws IOException {
        Server server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(new Identity())
                .addService(new HealthStatusManager().getHealthService())
                .intercept(interceptor)
                .build()
                .start();
        ends.add(server::shutdownNow);
        ManagedChannel channel = Grpc.newChannelBuilder(
                        "127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
                .build();
        ends.add(channel::shutdownNow);
        return channel;
    }

    private Channel inThisJvmOf(GatewayInterceptor interceptor) throws IOException {
        String name = InProcessServerBuilder.generateName();
        Server server = InProcessServerBuilder.forName(name)
                .addService(new Identity())
                .intercept(interceptor)
                .build()
                .start();
        ends.add(server::shutdownNow);
        ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
        ends.add(channel::shutdownNow);
        return channel;
    }

    private static Channel asGateway(Channel channel, GatewayProof proof) {
        return ClientInterceptors.intercept(
                channel, new OutgoingCalls(Duration.ofSeconds(20), Optional.ofNullable(proof)));
    }

    private static void signIn(Channel channel) {
        IdentityCommandsGrpc.newBlockingStub(channel).signIn(SignInRequest.getDefaultInstance());
    }

    private static void signInFrom(String address, Channel channel) {
        ClientNetwork.in(Context.current(), address).run(() -> signIn(channel));
    }

    private static Problem refusal(Channel channel) {
        StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, () -> signIn(channel));
        assertThat(refused).as("the refusal").isNotNull();
        return RefusalCodec.fromStatus(refused).problem();
    }

    @Test
    void calls_without_a_proof_or_with_a_wrong_one_are_refused() throws IOException {
        Channel channel = onThePortOf(GatewayInterceptor.gatewaysOnly(Optional.of(PROOF)));

        assertThat(refusal(channel)).isEqualTo(Problem.FORBIDDEN);
        assertThat(refusal(asGateway(channel, null))).isEqualTo(Problem.FORBIDDEN);
        assertThat(refusal(asGateway(channel, ANOTHER))).isEqualTo(Problem.FORBIDDEN);
        assertThat(refusal(withHeaders(channel, "kontor-gateway-proof", ""))).isEqualTo(Problem.FORBIDDEN);
        assertThat(networks).isEmpty();
    }

    @Test
    void a_gateway_is_accepted_and_its_report_of_the_client_is_trusted() throws IOException {
        Channel channel = onThePortOf(GatewayInterceptor.gatewaysOnly(Optional.of(PROOF)));

        signInFrom("203.0.113.7", asGateway(channel, PROOF));
        signInFrom("2001:db8:1:2:3:4:5:6", asGateway(channel, PROOF));
        signIn(asGateway(channel, PROOF));

        assertThat(networks)
                .containsExactly(Optional.of("203.0.113.7"), Optional.of("20010db800010002"), Optional.empty());
    }

    @Test
    void a_connection_without_a_certificate_is_no_proof() throws IOException {
        Channel channel = onThePortOf(GatewayInterceptor.gatewaysOnly(Optional.empty()));

        assertThat(refusal(asGateway(channel, PROOF))).isEqualTo(Problem.FORBIDDEN);
    }

    @Test
    void health_needs_no_proof() throws IOException {
        Channel channel = onThePortOf(GatewayInterceptor.gatewaysOnly(Optional.of(PROOF)));

        assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatusValue())
                .isPositive();
    }

    @Test
    void on_a_port_for_all_callers_no_report_of_the_client_is_trusted() throws IOException {
        Channel channel = onThePortOf(GatewayInterceptor.openToAll());

        signInFrom("203.0.113.7", asGateway(channel, PROOF));

        assertThat(networks).containsExactly(Optional.empty());
    }

    @Test
    void the_gateway_in_the_same_process_needs_no_proof() throws IOException {
        signInFrom("203.0.113.7", asGateway(inThisJvmOf(GatewayInterceptor.openToAll()), null));

        assertThat(networks).containsExactly(Optional.of("203.0.113.7"));
    }

    @Test
    void a_proof_needs_a_key_that_is_hard_to_guess() {
        assertThatThrownBy(() -> GatewayProof.of("")).hasMessageContaining(GatewayProof.SETTING);
        assertThatThrownBy(() -> GatewayProof.of("QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="))
                .hasMessageContaining(GatewayProof.SETTING)
                .hasMessageContaining("guess");
        assertThat(PROOF).hasToString("GatewayProof");
    }
}
