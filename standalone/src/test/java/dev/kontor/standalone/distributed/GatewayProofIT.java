package dev.kontor.standalone.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.customer.AwaitCustomerRequest;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.identity.AwaitRevocationRequest;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.ListKeysRequest;
import dev.kontor.proto.identity.SignInRequest;
import dev.kontor.proto.identity.SignUpRequest;
import dev.kontor.proto.identity.TokenVerificationGrpc;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.distributed.DistributedKontor.Part;
import dev.kontor.testsupport.GrpcCalls;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A side in a process of its own answers only gateways, which prove that they are gateways. */
class GatewayProofIT {

    @TempDir
    static Path folder;

    private static DistributedKontor kontor;

    @BeforeAll
    static void open() {
        kontor = DistributedKontor.start(folder.resolve("log"));
    }

    @AfterAll
    static void close() {
        if (kontor != null) {
            kontor.close();
        }
    }

    /** Calls that need no token. */
    private static final List<Consumer<Channel>> CALLS = List.of(
            side -> IdentityCommandsGrpc.newBlockingStub(side).signUp(SignUpRequest.getDefaultInstance()),
            side -> IdentityCommandsGrpc.newBlockingStub(side).signIn(SignInRequest.getDefaultInstance()),
            side -> TokenVerificationGrpc.newBlockingStub(side)
                    .awaitRevocation(AwaitRevocationRequest.getDefaultInstance()),
            side -> TokenVerificationGrpc.newBlockingStub(side).listKeys(ListKeysRequest.getDefaultInstance()),
            side -> CustomerQueriesGrpc.newBlockingStub(side).awaitCustomer(AwaitCustomerRequest.getDefaultInstance()),
            side -> CatalogQueriesGrpc.newBlockingStub(side)
                    .searchProducts(SearchProductsRequest.getDefaultInstance()));

    private static void isTurnedAway(Channel side, Consumer<Channel> call) {
        StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, () -> call.accept(side));

        assertThat(refused).as("the refusal").isNotNull();
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(refused.getStatus().getDescription()).contains("gateways");
    }

    private static Channel showing(Channel side, String proof) {
        return GrpcCalls.withHeaders(side, "kontor-gateway-proof", proof);
    }

    @Test
    void other_callers_are_refused_even_without_a_required_token() {
        for (Part part : List.of(Part.COMMAND_SIDE, Part.QUERY_SIDE)) {
            ManagedChannel side = Grpc.newChannelBuilderForAddress(
                            "127.0.0.1",
                            DistributedKontor.grpcPort(kontor.context(part)),
                            InsecureChannelCredentials.create())
                    .build();
            try {
                for (Consumer<Channel> call : CALLS) {
                    if (isServedBy(part, call)) {
                        isTurnedAway(side, call);
                        isTurnedAway(showing(side, "made-up"), call);
                    }
                }
                assertThat(HealthGrpc.newBlockingStub(side)
                                .check(HealthCheckRequest.newBuilder()
                                        .setService("calls")
                                        .build())
                                .getStatus())
                        .isEqualTo(ServingStatus.SERVING);
            } finally {
                side.shutdownNow();
            }
        }
    }

    private static boolean isServedBy(Part part, Consumer<Channel> call) {
        int index = CALLS.indexOf(call);
        return part == Part.COMMAND_SIDE ? index < 4 : index >= 2;
    }

    @Test
    void the_gateway_sends_its_proof_and_the_shop_works() {
        Shop shop = new Shop(kontor.rest());
        Customer customer = shop.signedInCustomer();

        assertThat(customer.orders(shop.listedProduct(3).times(1)).status()).isEqualTo(201);
    }
}
