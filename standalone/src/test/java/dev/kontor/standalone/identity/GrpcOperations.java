package dev.kontor.standalone.identity;

import com.google.protobuf.Message;
import dev.kontor.proto.Money;
import dev.kontor.proto.cart.AwaitCheckoutRequest;
import dev.kontor.proto.cart.CartCommandsGrpc;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.CheckOutCartRequest;
import dev.kontor.proto.cart.ClearCartRequest;
import dev.kontor.proto.cart.GetCartRequest;
import dev.kontor.proto.cart.GuestCartLine;
import dev.kontor.proto.cart.MergeCartRequest;
import dev.kontor.proto.cart.PutCartItemRequest;
import dev.kontor.proto.cart.QuoteCartRequest;
import dev.kontor.proto.cart.RemoveCartItemRequest;
import dev.kontor.proto.cart.WatchCartRequest;
import dev.kontor.proto.catalog.CatalogCommandsGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.ChangeProductRequest;
import dev.kontor.proto.catalog.ChangeStockRequest;
import dev.kontor.proto.catalog.DelistProductRequest;
import dev.kontor.proto.catalog.GetProductRequest;
import dev.kontor.proto.catalog.GetProductsRequest;
import dev.kontor.proto.catalog.ListCategoriesRequest;
import dev.kontor.proto.catalog.ListProductRequest;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.catalog.SuggestProductsRequest;
import dev.kontor.proto.customer.AwaitCustomerRequest;
import dev.kontor.proto.customer.ChangeProfileRequest;
import dev.kontor.proto.customer.CustomerCommandsGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.DeactivateCustomerRequest;
import dev.kontor.proto.customer.EraseCustomerRequest;
import dev.kontor.proto.customer.GetCustomerRequest;
import dev.kontor.proto.customer.GetCustomersRequest;
import dev.kontor.proto.customer.GrantRoleRequest;
import dev.kontor.proto.customer.ListCustomersRequest;
import dev.kontor.proto.customer.ReactivateCustomerRequest;
import dev.kontor.proto.identity.AwaitRevocationRequest;
import dev.kontor.proto.identity.AwaitRevokedRequest;
import dev.kontor.proto.identity.ChangePasswordRequest;
import dev.kontor.proto.identity.CheckTokenRequest;
import dev.kontor.proto.identity.EndSessionRequest;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.ListKeysRequest;
import dev.kontor.proto.identity.ListSessionsRequest;
import dev.kontor.proto.identity.ListSigningKeysRequest;
import dev.kontor.proto.identity.RefreshRequest;
import dev.kontor.proto.identity.RevokeSigningKeyRequest;
import dev.kontor.proto.identity.RotateSigningKeyRequest;
import dev.kontor.proto.identity.SignInRequest;
import dev.kontor.proto.identity.SignOutEverywhereRequest;
import dev.kontor.proto.identity.SignOutRequest;
import dev.kontor.proto.identity.SignUpRequest;
import dev.kontor.proto.identity.TokenVerificationGrpc;
import dev.kontor.proto.identity.UnlockRequest;
import dev.kontor.proto.operations.BeginActRequest;
import dev.kontor.proto.operations.ChangeProcessorRequest;
import dev.kontor.proto.operations.ChangeViewRequest;
import dev.kontor.proto.operations.CreateCheckpointRequest;
import dev.kontor.proto.operations.DeadLetterOperationsGrpc;
import dev.kontor.proto.operations.DropGenerationRequest;
import dev.kontor.proto.operations.EndActRequest;
import dev.kontor.proto.operations.EventLogGrpc;
import dev.kontor.proto.operations.EvictDeadLetterRequest;
import dev.kontor.proto.operations.FollowEventsRequest;
import dev.kontor.proto.operations.GetStoryRequest;
import dev.kontor.proto.operations.ListDeadLetterQueuesRequest;
import dev.kontor.proto.operations.ListDeadLettersRequest;
import dev.kontor.proto.operations.ListEventsRequest;
import dev.kontor.proto.operations.ListProcessorsRequest;
import dev.kontor.proto.operations.ListViewsRequest;
import dev.kontor.proto.operations.LogOperationsGrpc;
import dev.kontor.proto.operations.OperatorCommandsGrpc;
import dev.kontor.proto.operations.ProcessorOperationsGrpc;
import dev.kontor.proto.operations.RebuildViewRequest;
import dev.kontor.proto.operations.ReplayAggregateRequest;
import dev.kontor.proto.operations.RetryDeadLettersRequest;
import dev.kontor.proto.operations.RunAuditRequest;
import dev.kontor.proto.operations.UnmaskEventRequest;
import dev.kontor.proto.operations.ViewOperationsGrpc;
import dev.kontor.proto.order.CancelOrderRequest;
import dev.kontor.proto.order.DeliverOrderRequest;
import dev.kontor.proto.order.GetOrderRequest;
import dev.kontor.proto.order.ListOrdersRequest;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.PlaceOrderLine;
import dev.kontor.proto.order.PlaceOrderRequest;
import dev.kontor.proto.order.ShipOrderRequest;
import dev.kontor.proto.order.WatchOrderRequest;
import dev.kontor.proto.request.ClaimRequestRequest;
import dev.kontor.proto.request.KeepAnswerRequest;
import dev.kontor.proto.request.KeyedRequestsGrpc;
import dev.kontor.proto.request.RecallRequestRequest;
import dev.kontor.standalone.Client;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.identity.Operation.Allowed;
import dev.kontor.standalone.identity.Operation.Who;
import io.grpc.MethodDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Every method of the gRPC API, with its permitted callers. */
final class GrpcOperations {

    private final GrpcCaller caller;
    private final List<Operation> operations = new ArrayList<>();

    GrpcOperations(GrpcCaller caller) {
        this.caller = caller;
        identity();
        customers();
        goods();
        orders();
        operations();
    }

    List<Operation> all() {
        return operations;
    }

    private void identity() {
        on(
                Allowed.PUBLIC,
                IdentityCommandsGrpc.getSignUpMethod(),
                scene -> SignUpRequest.newBuilder()
                        .setEmail("newcomer-" + UUID.randomUUID() + "@example.com")
                        .setPassword(Shop.PASSWORD)
                        .setName("New")
                        .build());
        on(
                Allowed.PUBLIC,
                IdentityCommandsGrpc.getSignInMethod(),
                scene -> SignInRequest.newBuilder()
                        .setEmail(scene.email())
                        .setPassword(Shop.PASSWORD)
                        .build());
        ending(
                Allowed.PUBLIC,
                IdentityCommandsGrpc.getRefreshMethod(),
                scene -> RefreshRequest.newBuilder()
                        .setRefreshToken(scene.refreshToken())
                        .build());
        ending(Allowed.ONESELF, IdentityCommandsGrpc.getSignOutMethod(), scene -> SignOutRequest.getDefaultInstance());
        on(
                Allowed.ADMIN,
                IdentityCommandsGrpc.getUnlockMethod(),
                scene -> UnlockRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .build());
        ending(
                Allowed.OWNER,
                IdentityCommandsGrpc.getSignOutEverywhereMethod(),
                scene -> SignOutEverywhereRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .build());
        ending(
                Allowed.OWNER,
                IdentityCommandsGrpc.getEndSessionMethod(),
                scene -> EndSessionRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .setSessionId(scene.session())
                        .build());
        ending(
                Allowed.ONESELF,
                IdentityCommandsGrpc.getChangePasswordMethod(),
                scene -> ChangePasswordRequest.newBuilder()
                        .setCurrentPassword(Shop.PASSWORD)
                        .setNewPassword("another long password")
                        .build());
        on(
                Allowed.PUBLIC,
                IdentityCommandsGrpc.getListSigningKeysMethod(),
                scene -> ListSigningKeysRequest.getDefaultInstance());
        on(
                Allowed.ADMIN,
                IdentityCommandsGrpc.getRotateSigningKeyMethod(),
                scene -> RotateSigningKeyRequest.getDefaultInstance());
        on(
                Allowed.ADMIN,
                IdentityCommandsGrpc.getRevokeSigningKeyMethod(),
                scene -> RevokeSigningKeyRequest.newBuilder().setKid("none").build());
        on(
                Allowed.OWNER,
                IdentityQueriesGrpc.getListSessionsMethod(),
                scene -> ListSessionsRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .build());
        on(
                Allowed.PUBLIC,
                IdentityQueriesGrpc.getAwaitRevokedMethod(),
                scene -> AwaitRevokedRequest.newBuilder().setWaitMillis(1).build());
        on(Allowed.PUBLIC, TokenVerificationGrpc.getListKeysMethod(), scene -> ListKeysRequest.getDefaultInstance());
        on(
                Allowed.PUBLIC,
                TokenVerificationGrpc.getAwaitRevocationMethod(),
                scene -> AwaitRevocationRequest.getDefaultInstance());
        on(
                Allowed.ONESELF,
                TokenVerificationGrpc.getCheckTokenMethod(),
                scene -> CheckTokenRequest.getDefaultInstance());
    }

    private void customers() {
        on(
                Allowed.OWNER,
                CustomerCommandsGrpc.getChangeProfileMethod(),
                scene -> ChangeProfileRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .setName("Another Name")
                        .build());
        ending(
                Allowed.ADMIN,
                CustomerCommandsGrpc.getGrantRoleMethod(),
                scene -> GrantRoleRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .setRole("ADMIN")
                        .build());
        ending(
                Allowed.ADMIN,
                CustomerCommandsGrpc.getDeactivateCustomerMethod(),
                scene -> DeactivateCustomerRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .build());
        on(
                Allowed.ADMIN,
                CustomerCommandsGrpc.getReactivateCustomerMethod(),
                scene -> ReactivateCustomerRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .build());
        ending(
                Allowed.OWNER,
                CustomerCommandsGrpc.getEraseCustomerMethod(),
                scene -> EraseCustomerRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .build());
        on(
                Allowed.OWNER,
                CustomerQueriesGrpc.getGetCustomerMethod(),
                scene -> GetCustomerRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .build());
        on(
                Allowed.ADMIN,
                CustomerQueriesGrpc.getGetCustomersMethod(),
                scene ->
                        GetCustomersRequest.newBuilder().addIds(scene.ownerId()).build());
        on(
                Allowed.ADMIN,
                CustomerQueriesGrpc.getListCustomersMethod(),
                scene -> ListCustomersRequest.getDefaultInstance());
        on(
                Allowed.PUBLIC,
                CustomerQueriesGrpc.getAwaitCustomerMethod(),
                scene -> AwaitCustomerRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .build());
    }

    private void goods() {
        on(
                Allowed.ONESELF,
                CatalogCommandsGrpc.getListProductMethod(),
                scene -> ListProductRequest.newBuilder()
                        .setTitle("Thing " + UUID.randomUUID())
                        .setCategory("Tests")
                        .setPrice(Money.newBuilder().setAmount(100).setCurrency("EUR"))
                        .build());
        on(
                Allowed.OWNER,
                CatalogCommandsGrpc.getChangeProductMethod(),
                scene -> ChangeProductRequest.newBuilder()
                        .setProductId(scene.product())
                        .setDescription("Another one.")
                        .build());
        on(
                Allowed.OWNER,
                CatalogCommandsGrpc.getChangeStockMethod(),
                scene -> ChangeStockRequest.newBuilder()
                        .setProductId(scene.product())
                        .setChange(1)
                        .build());
        ending(
                Allowed.OWNER,
                CatalogCommandsGrpc.getDelistProductMethod(),
                scene -> DelistProductRequest.newBuilder()
                        .setProductId(scene.product())
                        .build());
        on(
                Allowed.PUBLIC,
                CatalogQueriesGrpc.getGetProductMethod(),
                scene -> GetProductRequest.newBuilder()
                        .setProductId(scene.product())
                        .build());
        on(
                Allowed.PUBLIC,
                CatalogQueriesGrpc.getGetProductsMethod(),
                scene -> GetProductsRequest.newBuilder().addIds(scene.product()).build());
        on(
                Allowed.PUBLIC,
                CatalogQueriesGrpc.getSearchProductsMethod(),
                scene -> SearchProductsRequest.getDefaultInstance());
        on(
                Allowed.PUBLIC,
                CatalogQueriesGrpc.getSuggestProductsMethod(),
                scene -> SuggestProductsRequest.getDefaultInstance());
        on(
                Allowed.PUBLIC,
                CatalogQueriesGrpc.getListCategoriesMethod(),
                scene -> ListCategoriesRequest.getDefaultInstance());
        on(
                Allowed.OWNER,
                CartCommandsGrpc.getPutCartItemMethod(),
                scene -> PutCartItemRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .setProductId(scene.product())
                        .setQuantity(2)
                        .build());
        on(
                Allowed.OWNER,
                CartCommandsGrpc.getRemoveCartItemMethod(),
                scene -> RemoveCartItemRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .setProductId(scene.product())
                        .build());
        on(
                Allowed.OWNER,
                CartCommandsGrpc.getClearCartMethod(),
                scene -> ClearCartRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .build());
        on(
                Allowed.OWNER,
                CartCommandsGrpc.getCheckOutCartMethod(),
                scene -> CheckOutCartRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .build());
        on(
                Allowed.OWNER,
                CartCommandsGrpc.getMergeCartMethod(),
                scene -> MergeCartRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .setIdempotencyKey("a-key")
                        .addLines(guestLine(scene))
                        .build());
        on(
                Allowed.PUBLIC,
                CartQueriesGrpc.getQuoteCartMethod(),
                scene ->
                        QuoteCartRequest.newBuilder().addLines(guestLine(scene)).build());
        on(
                Allowed.OWNER,
                CartQueriesGrpc.getGetCartMethod(),
                scene -> GetCartRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .build());
        on(
                Allowed.OWNER,
                CartQueriesGrpc.getWatchCartMethod(),
                scene -> WatchCartRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .build());
        on(
                Allowed.OWNER,
                CartQueriesGrpc.getAwaitCheckoutMethod(),
                scene -> AwaitCheckoutRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .setOrderId(scene.order())
                        .setWaitMillis(1)
                        .build());
    }

    private static GuestCartLine guestLine(OwnershipSetup scene) {
        return GuestCartLine.newBuilder()
                .setProductId(scene.product())
                .setQuantity(1)
                .build();
    }

    private void orders() {
        on(
                Allowed.ONESELF,
                OrderCommandsGrpc.getPlaceOrderMethod(),
                scene -> PlaceOrderRequest.newBuilder()
                        .setOrderId(UUID.randomUUID().toString())
                        .addLines(PlaceOrderLine.newBuilder()
                                .setProductId(scene.product())
                                .setQuantity(1))
                        .build());
        ending(
                Allowed.OWNER,
                OrderCommandsGrpc.getCancelOrderMethod(),
                scene -> CancelOrderRequest.newBuilder()
                        .setOrderId(scene.order())
                        .build());
        on(
                Allowed.ADMIN,
                OrderCommandsGrpc.getShipOrderMethod(),
                scene -> ShipOrderRequest.newBuilder().setOrderId(scene.order()).build());
        on(
                Allowed.ADMIN,
                OrderCommandsGrpc.getDeliverOrderMethod(),
                scene -> DeliverOrderRequest.newBuilder()
                        .setOrderId(scene.order())
                        .build());
        on(
                Allowed.OWNER,
                OrderQueriesGrpc.getGetOrderMethod(),
                scene -> GetOrderRequest.newBuilder().setOrderId(scene.order()).build());
        on(
                Allowed.OWNER,
                OrderQueriesGrpc.getWatchOrderMethod(),
                scene ->
                        WatchOrderRequest.newBuilder().setOrderId(scene.order()).build());
        on(
                Allowed.OWNER,
                OrderQueriesGrpc.getListOrdersMethod(),
                scene -> ListOrdersRequest.newBuilder()
                        .setCustomerId(scene.ownerId())
                        .build());
    }

    private void operations() {
        on(Allowed.ADMIN, ViewOperationsGrpc.getListViewsMethod(), scene -> ListViewsRequest.getDefaultInstance());
        on(
                Allowed.ADMIN,
                ViewOperationsGrpc.getRebuildViewMethod(),
                scene -> RebuildViewRequest.newBuilder().setName("none").build());
        on(
                Allowed.ADMIN,
                ViewOperationsGrpc.getChangeViewMethod(),
                scene -> ChangeViewRequest.newBuilder().setName("none").build());
        on(
                Allowed.ADMIN,
                ViewOperationsGrpc.getDropGenerationMethod(),
                scene -> DropGenerationRequest.newBuilder().setName("none").build());
        on(
                Allowed.ADMIN,
                DeadLetterOperationsGrpc.getListDeadLetterQueuesMethod(),
                scene -> ListDeadLetterQueuesRequest.getDefaultInstance());
        on(
                Allowed.ADMIN,
                DeadLetterOperationsGrpc.getListDeadLettersMethod(),
                scene -> ListDeadLettersRequest.newBuilder().setQueue("catalog").build());
        on(
                Allowed.ADMIN,
                DeadLetterOperationsGrpc.getRetryDeadLettersMethod(),
                scene ->
                        RetryDeadLettersRequest.newBuilder().setQueue("catalog").build());
        on(
                Allowed.ADMIN,
                DeadLetterOperationsGrpc.getEvictDeadLetterMethod(),
                scene -> EvictDeadLetterRequest.newBuilder()
                        .setQueue("catalog")
                        .setSequence("none")
                        .setReason("test")
                        .build());
        on(
                Allowed.ADMIN,
                ProcessorOperationsGrpc.getListProcessorsMethod(),
                scene -> ListProcessorsRequest.getDefaultInstance());
        on(
                Allowed.ADMIN,
                ProcessorOperationsGrpc.getChangeProcessorMethod(),
                scene -> ChangeProcessorRequest.newBuilder().setName("none").build());
        on(
                Allowed.ADMIN,
                LogOperationsGrpc.getCreateCheckpointMethod(),
                scene -> CreateCheckpointRequest.getDefaultInstance());
        on(Allowed.ADMIN, LogOperationsGrpc.getRunAuditMethod(), scene -> RunAuditRequest.getDefaultInstance());
        on(Allowed.ADMIN, EventLogGrpc.getListEventsMethod(), scene -> ListEventsRequest.getDefaultInstance());
        on(Allowed.ADMIN, EventLogGrpc.getFollowEventsMethod(), scene -> FollowEventsRequest.getDefaultInstance());
        on(
                Allowed.ADMIN,
                EventLogGrpc.getGetStoryMethod(),
                scene ->
                        GetStoryRequest.newBuilder().setSubject(scene.ownerId()).build());
        on(
                Allowed.ADMIN,
                OperatorCommandsGrpc.getReplayAggregateMethod(),
                scene -> ReplayAggregateRequest.newBuilder()
                        .setAggregateId(scene.ownerId())
                        .build());
        on(
                Allowed.ADMIN,
                OperatorCommandsGrpc.getBeginActMethod(),
                scene -> BeginActRequest.newBuilder()
                        .setAct("test")
                        .setSubject("none")
                        .build());
        on(
                Allowed.ADMIN,
                OperatorCommandsGrpc.getEndActMethod(),
                scene -> EndActRequest.newBuilder()
                        .setSequence(begunBy(scene.client(Who.ADMIN)))
                        .setOutcome("done")
                        .build());
        on(
                Allowed.ADMIN,
                OperatorCommandsGrpc.getUnmaskEventMethod(),
                scene -> UnmaskEventRequest.newBuilder()
                        .setAggregateId(scene.ownerId())
                        .setReason("A test")
                        .build());
        on(
                Allowed.PUBLIC,
                KeyedRequestsGrpc.getRecallRequestMethod(),
                scene -> RecallRequestRequest.getDefaultInstance());
        on(
                Allowed.ADMIN,
                KeyedRequestsGrpc.getClaimRequestMethod(),
                scene -> ClaimRequestRequest.newBuilder().setAct("test").build());
        on(Allowed.PUBLIC, KeyedRequestsGrpc.getKeepAnswerMethod(), scene -> KeepAnswerRequest.getDefaultInstance());
    }

    private <Q extends Message, A> void on(
            Allowed allowed, MethodDescriptor<Q, A> method, Function<OwnershipSetup, Q> request) {
        add(allowed, false, method, request);
    }

    private <Q extends Message, A> void ending(
            Allowed allowed, MethodDescriptor<Q, A> method, Function<OwnershipSetup, Q> request) {
        add(allowed, true, method, request);
    }

    private long begunBy(Client admin) {
        return caller.answer(
                        admin.token(),
                        OperatorCommandsGrpc.getBeginActMethod(),
                        BeginActRequest.newBuilder()
                                .setAct("test")
                                .setSubject("none")
                                .build())
                .getSequence();
    }

    private <Q extends Message, A> void add(
            Allowed allowed, boolean ends, MethodDescriptor<Q, A> method, Function<OwnershipSetup, Q> request) {
        operations.add(new Operation(
                method.getFullMethodName(),
                allowed,
                ends,
                (client, scene) -> caller.call(client.token(), method, request.apply(scene))));
    }
}
