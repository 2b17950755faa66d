package dev.kontor.gateway.cart;

import dev.kontor.gateway.order.OrderAdmission;
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
@RequestMapping("/api/v1/cart")
@Tag(name = "cart", description = "The cart of a customer")
class CartController {

    private final Carts carts;
    private final OrderAdmission admission;

    CartController(Carts carts, OrderAdmission admission) {
        this.carts = carts;
        this.admission = admission;
    }

    @GetMapping
    @Operation(operationId = "getCart", summary = "Read one's own cart")
    CartJson read(@Parameter(description = CartJson.EXPAND) @RequestParam(defaultValue = "") String expand) {
        return carts.read(CartOwner.OWN, Expand.of(expand, CartJson.EXPANDED));
    }

    @DeleteMapping
    @Operation(operationId = "clearCart", summary = "Empty one's own cart")
    @ApiResponse(responseCode = "204", content = @Content)
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> clear(
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return carts.clear(CartOwner.OWN, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }

    @PutMapping("/items/{productId}")
    @Operation(operationId = "putCartItem", summary = "Set the quantity of a product in one's own cart")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CartJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> put(
            @PathVariable String productId,
            @RequestBody QuantityJson quantity,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return carts.put(CartOwner.OWN, productId, quantity, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }

    @DeleteMapping("/items/{productId}")
    @Operation(operationId = "removeCartItem", summary = "Remove a product from one's own cart")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CartJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> remove(
            @PathVariable String productId,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return carts.remove(CartOwner.OWN, productId, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }

    @PostMapping("/checkout")
    @Operation(operationId = "checkOutCart", summary = "Order the content of one's own cart")
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
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return admission.admit(() -> carts.checkOut(CartOwner.OWN, IfMatch.of(ifMatch), PreferHeader.of(prefer)));
    }
}
