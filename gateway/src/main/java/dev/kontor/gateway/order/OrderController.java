package dev.kontor.gateway.order;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.Expand;
import dev.kontor.gateway.platform.IfMatch;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.PreferHeader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
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

    private static final List<String> EXPANDED = List.of(Expand.PRODUCTS, Expand.CUSTOMER);

    private final OrderOperations orders;

    OrderController(OrderOperations orders) {
        this.orders = orders;
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
        return orders.place(order, key, PreferHeader.of(prefer));
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
        return orders.list(OrderFilter.of(as, status, all, customer, Page.request(pageSize, pageToken)));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getOrder", summary = "Read an order")
    OrderJson one(
            @PathVariable String id,
            @Parameter(
                            description =
                                    "Shows these as well: `products` (of the lines, as the catalog shows them now),"
                                            + " `customer` (for the customer and admins), or both, separated by a comma")
                    @RequestParam(defaultValue = "")
                    String expand) {
        return orders.read(id, Expand.of(expand, EXPANDED));
    }

    @PostMapping("/{id}/cancel")
    @Operation(operationId = "cancelOrder", summary = "Cancel an order before it is shipped")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = OrderJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> cancel(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return orders.cancel(id, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }

    @PostMapping("/{id}/ship")
    @Operation(operationId = "shipOrder", summary = "For admins: record that an order was shipped")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = OrderJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> ship(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return orders.ship(id, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }

    @PostMapping("/{id}/deliver")
    @Operation(operationId = "deliverOrder", summary = "For admins: record that an order was delivered")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = OrderJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> deliver(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return orders.deliver(id, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }
}
