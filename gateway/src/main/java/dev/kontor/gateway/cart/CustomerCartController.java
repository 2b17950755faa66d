package dev.kontor.gateway.cart;

import dev.kontor.gateway.order.OrderJson;
import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.Expand;
import dev.kontor.gateway.platform.IfMatch;
import dev.kontor.gateway.platform.PreferHeader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/customers/{id}/cart")
@Tag(name = "cart")
class CustomerCartController {

    private final Carts carts;

    CustomerCartController(Carts carts) {
        this.carts = carts;
    }

    @GetMapping
    @Operation(operationId = "getCustomerCart", summary = "For admins: read a customer's cart")
    CartJson read(
            @PathVariable String id,
            @Parameter(description = CartJson.EXPAND) @RequestParam(defaultValue = "") String expand) {
        return carts.read(CartOwner.customers(id), Expand.of(expand, CartJson.EXPANDED));
    }

    @DeleteMapping
    @Operation(operationId = "clearCustomerCart", summary = "For admins: empty a customer's cart")
    @ApiResponse(responseCode = "204", content = @Content)
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> clear(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return carts.clear(CartOwner.customers(id), IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }

    @PutMapping("/items/{productId}")
    @Operation(
            operationId = "putCustomerCartItem",
            summary = "For admins: set the quantity of a product in a customer's cart")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CartJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> put(
            @PathVariable String id,
            @PathVariable String productId,
            @RequestBody QuantityJson quantity,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return carts.put(CartOwner.customers(id), productId, quantity, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }

    @DeleteMapping("/items/{productId}")
    @Operation(operationId = "removeCustomerCartItem", summary = "For admins: remove a product from a customer's cart")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CartJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> remove(
            @PathVariable String id,
            @PathVariable String productId,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return carts.remove(CartOwner.customers(id), productId, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }

    @PostMapping("/checkout")
    @Operation(operationId = "checkOutCustomerCart", summary = "For admins: order the content of a customer's cart")
    @ApiResponse(
            responseCode = "201",
            description = "Confirmed",
            content = @Content(schema = @Schema(implementation = OrderJson.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Not decided yet; only the id if the client does not wait",
            content = @Content(schema = @Schema(anyOf = {OrderJson.class, Accepted.class})))
    @ApiResponse(
            responseCode = "409",
            description = "Rejected; `rejection` says why, `orderId` and `Location` which order."
                    + " Without these members nothing was checked out, and `type` says why",
            headers =
                    @Header(
                            name = "Location",
                            description = "The order's path, if there is an order",
                            schema = @Schema(type = "string")))
    ResponseEntity<Object> checkOut(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return carts.checkOut(CartOwner.customers(id), IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }
}
