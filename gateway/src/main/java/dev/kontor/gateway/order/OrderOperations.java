package dev.kontor.gateway.order;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.Expand;
import dev.kontor.gateway.platform.IfMatch;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.WrittenVersion;
import dev.kontor.proto.Freshness;
import dev.kontor.proto.Written;
import dev.kontor.proto.order.CancelOrderRequest;
import dev.kontor.proto.order.DeliverOrderRequest;
import dev.kontor.proto.order.GetOrderRequest;
import dev.kontor.proto.order.GetOrderResponse;
import dev.kontor.proto.order.ListOrdersRequest;
import dev.kontor.proto.order.ListOrdersResponse;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.proto.order.OrderCommandsGrpc.OrderCommandsBlockingStub;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderQueriesGrpc.OrderQueriesBlockingStub;
import dev.kontor.proto.order.PlaceOrderRequest;
import dev.kontor.proto.order.ShipOrderRequest;
import io.grpc.Channel;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** The operations on orders, for REST and GraphQL. */
@Component
class OrderOperations {

    private final OrderCommandsBlockingStub commands;
    private final OrderQueriesBlockingStub queries;
    private final OrderOutcome outcome;
    private final OrderAdmission admission;
    private final OrderExpansion expansion;

    OrderOperations(
            @CommandSideChannel Channel commandSide,
            @QuerySideChannel Channel querySide,
            OrderOutcome outcome,
            OrderAdmission admission,
            OrderExpansion expansion) {
        this.commands = OrderCommandsGrpc.newBlockingStub(commandSide);
        this.queries = OrderQueriesGrpc.newBlockingStub(querySide);
        this.outcome = outcome;
        this.admission = admission;
        this.expansion = expansion;
    }

    /** @param key the idempotency key, null for none */
    ResponseEntity<Object> place(NewOrder order, String key, PreferHeader preference) {
        PlaceOrderRequest placed = order.toProto(key);
        return admission.admit(() -> outcome.of(commands.placeOrder(placed), preference));
    }

    Page<OrderJson> list(ListOrdersRequest wanted) {
        ListOrdersResponse found = queries.listOrders(wanted);
        return Page.of(found.getOrdersList(), OrderJson::of, found.getNextPageToken());
    }

    /** With at most one call for each kind of resource that is shown. */
    OrderJson read(String id, Expand expand) {
        return expansion.of(read(id), expand);
    }

    OrderJson read(String id) {
        return OrderJson.of(
                queries.getOrder(GetOrderRequest.newBuilder().setOrderId(id).build())
                        .getOrder());
    }

    ResponseEntity<Object> cancel(String id, IfMatch condition, PreferHeader preference) {
        CancelOrderRequest.Builder request = CancelOrderRequest.newBuilder().setOrderId(id);
        condition.require(OrderJson.WHOLE, request::setPrecondition);
        return shown(condition.send(() -> commands.cancelOrder(request.build()), now -> present(id, now)), preference);
    }

    ResponseEntity<Object> ship(String id, IfMatch condition, PreferHeader preference) {
        ShipOrderRequest.Builder request = ShipOrderRequest.newBuilder().setOrderId(id);
        condition.require(OrderJson.WHOLE, request::setPrecondition);
        return shown(condition.send(() -> commands.shipOrder(request.build()), now -> present(id, now)), preference);
    }

    ResponseEntity<Object> deliver(String id, IfMatch condition, PreferHeader preference) {
        DeliverOrderRequest.Builder request = DeliverOrderRequest.newBuilder().setOrderId(id);
        condition.require(OrderJson.WHOLE, request::setPrecondition);
        return shown(condition.send(() -> commands.deliverOrder(request.build()), now -> present(id, now)), preference);
    }

    private Optional<OrderJson> present(String id, Freshness now) {
        GetOrderResponse read = queries.getOrder(
                GetOrderRequest.newBuilder().setOrderId(id).setFreshness(now).build());
        return read.getFresh() ? Optional.of(OrderJson.of(read.getOrder())) : Optional.empty();
    }

    private ResponseEntity<Object> shown(Written written, PreferHeader preference) {
        GetOrderRequest justWritten = GetOrderRequest.newBuilder()
                .setOrderId(written.getId())
                .setFreshness(WrittenVersion.of(written))
                // A cancelled or shipped order also changes the stock that the catalog shows.
                .setUntilSettled(true)
                .build();
        return WrittenVersion.await(preference, () -> queries.getOrder(justWritten), GetOrderResponse::getFresh)
                .<ResponseEntity<Object>>map(read -> ResponseEntity.ok(OrderJson.of(read.getOrder())))
                .orElseGet(() -> Accepted.at(OrderOutcome.location(written.getId()), written));
    }
}
