package dev.kontor.gateway.order;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.WrittenVersion;
import dev.kontor.proto.Written;
import dev.kontor.proto.order.CancelOrderRequest;
import dev.kontor.proto.order.DeliverOrderRequest;
import dev.kontor.proto.order.GetOrderRequest;
import dev.kontor.proto.order.GetOrderResponse;
import dev.kontor.proto.order.ListOrdersResponse;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.proto.order.OrderCommandsGrpc.OrderCommandsBlockingStub;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderQueriesGrpc.OrderQueriesBlockingStub;
import dev.kontor.proto.order.PlaceOrderRequest;
import dev.kontor.proto.order.ShipOrderRequest;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/orders")
@Tag(name = "orders", description = "Orders, from their placement to their end")
class OrderController {

    private final OrderCommandsBlockingStub commands;
    private final OrderQueriesBlockingStub queries;
    private final OrderOutcome outcome;
    private final OrderAdmission admission;

    OrderController(
            @CommandSideChannel Channel commandSide,
            @QuerySideChannel Channel querySide,
            OrderOutcome outcome,
            OrderAdmission admission) {
        this.commands = OrderCommandsGrpc.newBlockingStub(commandSide);
        this.queries = OrderQueriesGrpc.newBlockingStub(querySide);
        this.outcome = outcome;
        this.admission = admission;
    }

    @PostMapping
    @Operation(
            operationId = "placeOrder",
            summary = "Place an order",
            description = "Waits 5 s for the outcome, or as long as `Prefer: wait=N` says (at most 30 s).")
    @ApiResponse(
            responseCode = "201",
            description = "Confirmed",
            content = @Content(schema = @Schema(implementation = OrderJson.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Not decided yet; only id and version if the client does not wait",
            content = @Content(schema = @Schema(anyOf = {OrderJson.class, Accepted.class})))
    @ApiResponse(
            responseCode = "409",
            description = "Rejected; `rejection` says why, `orderId` and `Location` which order."
                    + " Without these members no order was placed, and `type` says why",
            headers =
                    @Header(
                            name = "Location",
                            description = "The order's path, if there is an order",
                            schema = @Schema(type = "string")))
    ResponseEntity<Object> place(
            @RequestBody NewOrder order,
            @Parameter(description = "Requests with the same key place one order")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    String key,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        PlaceOrderRequest placed = order.toProto(key);
        return admission.admit(() -> outcome.of(commands.placeOrder(placed), PreferHeader.of(prefer)));
    }

    @GetMapping
    @Operation(
            operationId = "listOrders",
            summary = "List one's own orders, newest first, or one's sales; for admins all orders or a customer's")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "No such customer")
    Page<OrderJson> list(
            @Parameter(description = "`seller` lists one's sales") @RequestParam(defaultValue = "") String as,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(defaultValue = "") String customer,
            @RequestParam(required = false) Integer pageSize,
            @RequestParam(required = false) String pageToken) {
        ListOrdersResponse found =
                queries.listOrders(OrderFilter.of(as, status, all, customer, Page.request(pageSize, pageToken)));
        return Page.of(found.getOrdersList(), OrderJson::of, found.getNextPageToken());
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getOrder", summary = "Read an order")
    OrderJson one(@PathVariable String id) {
        return OrderJson.of(
                queries.getOrder(GetOrderRequest.newBuilder().setOrderId(id).build())
                        .getOrder());
    }

    @PostMapping("/{id}/cancel")
    @Operation(operationId = "cancelOrder", summary = "Cancel an order before it is shipped")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = OrderJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> cancel(
            @PathVariable String id, @RequestHeader(name = "Prefer", required = false) String prefer) {
        return shown(
                commands.cancelOrder(
                        CancelOrderRequest.newBuilder().setOrderId(id).build()),
                prefer);
    }

    @PostMapping("/{id}/ship")
    @Operation(operationId = "shipOrder", summary = "For admins: record that an order was shipped")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = OrderJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> ship(
            @PathVariable String id, @RequestHeader(name = "Prefer", required = false) String prefer) {
        return shown(
                commands.shipOrder(ShipOrderRequest.newBuilder().setOrderId(id).build()), prefer);
    }

    @PostMapping("/{id}/deliver")
    @Operation(operationId = "deliverOrder", summary = "For admins: record that an order was delivered")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = OrderJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> deliver(
            @PathVariable String id, @RequestHeader(name = "Prefer", required = false) String prefer) {
        return shown(
                commands.deliverOrder(
                        DeliverOrderRequest.newBuilder().setOrderId(id).build()),
                prefer);
    }

    private ResponseEntity<Object> shown(Written written, String prefer) {
        GetOrderRequest justWritten = GetOrderRequest.newBuilder()
                .setOrderId(written.getId())
                .setFreshness(WrittenVersion.of(written))
                // A cancelled or shipped order also changes the stock that the catalog shows.
                .setUntilSettled(true)
                .build();
        return WrittenVersion.await(
                        PreferHeader.of(prefer), () -> queries.getOrder(justWritten), GetOrderResponse::getFresh)
                .<ResponseEntity<Object>>map(read -> ResponseEntity.ok(OrderJson.of(read.getOrder())))
                .orElseGet(() -> Accepted.at(OrderOutcome.location(written.getId()), written));
    }
}
