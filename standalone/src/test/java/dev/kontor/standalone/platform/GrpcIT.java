package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.CartQueriesGrpc.CartQueriesBlockingStub;
import dev.kontor.proto.cart.GetCartRequest;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.operations.ListViewsRequest;
import dev.kontor.proto.operations.ViewOperationsGrpc;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.proto.order.OrderCommandsGrpc.OrderCommandsBlockingStub;
import dev.kontor.proto.order.PlaceOrderLine;
import dev.kontor.proto.order.PlaceOrderRequest;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.identity.ForgedTokens;
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
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The loopback port is for users of grpcurl, and its authorization is as strict as the gateway's. */
@OnSharedKontor
class GrpcIT {

    private final Shop shop;
    private final ManagedChannel channel;

    GrpcIT(Shop shop, KontorProcess kontor) {
        this.shop = shop;
        this.channel = Grpc.newChannelBuilder(kontor.grpc(), InsecureChannelCredentials.create())
                .build();
    }

    @AfterEach
    void close() throws InterruptedException {
        assertThat(channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void reflection_lists_the_services() {
        ServerReflectionResponse answer =
                reflect(ServerReflectionRequest.newBuilder().setListServices("*"));

        assertThat(answer.getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains(
                        "kontor.v1.IdentityCommands",
                        "kontor.v1.CustomerCommands",
                        "kontor.v1.CustomerQueries",
                        "kontor.v1.CatalogCommands",
                        "kontor.v1.CatalogQueries",
                        "kontor.v1.CartCommands",
                        "kontor.v1.CartQueries",
                        "kontor.v1.OrderCommands",
                        "kontor.v1.OrderQueries",
                        "kontor.v1.ViewOperations",
                        "grpc.health.v1.Health");
    }

    @Test
    void reflection_describes_a_method() throws Exception {
        ServerReflectionResponse answer = reflect(ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol("kontor.v1.CatalogQueries.SearchProducts"));

        FileDescriptorProto file =
                FileDescriptorProto.parseFrom(answer.getFileDescriptorResponse().getFileDescriptorProto(0));
        assertThat(file.getName()).isEqualTo("kontor/v1/catalog.proto");
    }

    @Test
    void the_server_reports_that_it_is_healthy() {
        assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void public_calls_need_no_token() {
        Product thing = shop.listedProduct(3);

        assertThat(CatalogQueriesGrpc.newBlockingStub(channel)
                        .searchProducts(SearchProductsRequest.newBuilder()
                                .setSearch(thing.title())
                                .build())
                        .getProductsList())
                .singleElement()
                .satisfies(product -> {
                    assertThat(product.getId()).isEqualTo(thing.id());
                    assertThat(product.getAvailable()).isEqualTo(3);
                });
    }

    @Test
    void private_calls_need_a_token() {
        assertRefused(
                Status.Code.UNAUTHENTICATED,
                "unauthenticated",
                () -> CartQueriesGrpc.newBlockingStub(channel).getCart(GetCartRequest.getDefaultInstance()));
    }

    @Test
    void a_token_gives_access_to_its_owners_data_only() {
        Customer owner = shop.signedInCustomer();
        Customer stranger = shop.signedInCustomer();
        Product thing = shop.listedProduct(3);
        owner.puts(2, thing).hasStatus(200);
        GetCartRequest ownersCart =
                GetCartRequest.newBuilder().setCustomerId(owner.id()).build();

        assertThat(carts(owner.client().token()).getCart(ownersCart).getCart().getItemsList())
                .hasSize(1);
        assertThat(carts(shop.admin().client().token())
                        .getCart(ownersCart)
                        .getCart()
                        .getItemsList())
                .hasSize(1);
        assertRefused(
                Status.Code.PERMISSION_DENIED,
                "forbidden",
                () -> carts(stranger.client().token()).getCart(ownersCart));
    }

    @Test
    void a_forged_token_gives_no_access() {
        ForgedTokens.of(shop.signedInCustomer().client().token())
                .forEach((how, token) -> assertRefused(
                        Status.Code.UNAUTHENTICATED,
                        "unauthenticated",
                        () -> carts(token).getCart(GetCartRequest.getDefaultInstance())));
    }

    @Test
    void the_bound_of_a_list_is_checked_before_its_members() throws Exception {
        OrderCommandsBlockingStub orders = OrderCommandsGrpc.newBlockingStub(
                as(shop.signedInCustomer().client().token()));
        PlaceOrderRequest.Builder order =
                PlaceOrderRequest.newBuilder().setOrderId(UUID.randomUUID().toString());
        for (int i = 0; i <= 100; i++) {
            order.addLines(PlaceOrderLine.getDefaultInstance());
        }

        BadRequest refused = violations(() -> orders.placeOrder(order.build()));

        assertThat(refused.getFieldViolationsList())
                .singleElement()
                .satisfies(violation -> assertThat(violation.getField()).isEqualTo("lines"));
    }

    @Test
    void at_most_twenty_violations_are_listed_and_the_others_counted() throws Exception {
        OrderCommandsBlockingStub orders = OrderCommandsGrpc.newBlockingStub(
                as(shop.signedInCustomer().client().token()));
        PlaceOrderRequest.Builder order =
                PlaceOrderRequest.newBuilder().setOrderId(UUID.randomUUID().toString());
        for (int i = 0; i < 100; i++) {
            order.addLines(PlaceOrderLine.newBuilder().setProductId("\u20AC".repeat(100)));
        }

        assertThat(violations(() -> orders.placeOrder(order.build())).getFieldViolationsCount())
                .isEqualTo(20);
    }

    @Test
    void a_request_larger_than_any_valid_one_is_refused_before_it_is_read() {
        PlaceOrderRequest.Builder order = PlaceOrderRequest.newBuilder();
        for (int i = 0; i < 200_000; i++) {
            order.addLines(PlaceOrderLine.getDefaultInstance());
        }

        OrderCommandsBlockingStub orders = OrderCommandsGrpc.newBlockingStub(
                as(shop.signedInCustomer().client().token()));
        StatusRuntimeException refusal =
                catchThrowableOfType(StatusRuntimeException.class, () -> orders.placeOrder(order.build()));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    private static BadRequest violations(ThrowingCallable call) throws Exception {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        for (Any detail : StatusProto.fromThrowable(refusal).getDetailsList()) {
            if (detail.is(BadRequest.class)) {
                return detail.unpack(BadRequest.class);
            }
        }
        throw new AssertionError("no violations in " + refusal);
    }

    @Test
    void methods_for_admins_are_closed_to_customers() {
        String customer = shop.signedInCustomer().client().token();
        String admin = shop.admin().client().token();

        assertRefused(
                Status.Code.PERMISSION_DENIED,
                "forbidden",
                () -> ViewOperationsGrpc.newBlockingStub(as(customer))
                        .listViews(ListViewsRequest.getDefaultInstance()));
        assertThat(ViewOperationsGrpc.newBlockingStub(as(admin))
                        .listViews(ListViewsRequest.getDefaultInstance())
                        .getViewsCount())
                .isEqualTo(6);
    }

    private static void assertRefused(Status.Code code, String reason, ThrowingCallable call) {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refusal).as("the refusal").isNotNull();
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
        assertThat(StatusProto.fromThrowable(refusal).getDetailsList())
                .anySatisfy(detail ->
                        assertThat(detail.unpack(ErrorInfo.class).getReason()).isEqualTo(reason));
    }

    private CartQueriesBlockingStub carts(String token) {
        return CartQueriesGrpc.newBlockingStub(as(token));
    }

    private Channel as(String token) {
        return GrpcCalls.withToken(channel, token);
    }

    private ServerReflectionResponse reflect(ServerReflectionRequest.Builder question) {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> questions = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        answer.completeExceptionally(new AssertionError("completed without an answer"));
                    }
                });
        questions.onNext(question.build());
        ServerReflectionResponse response =
                answer.orTimeout(30, TimeUnit.SECONDS).join();
        questions.onCompleted();
        return response;
    }
}
