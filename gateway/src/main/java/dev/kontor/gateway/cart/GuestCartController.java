package dev.kontor.gateway.cart;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.IfMatch;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.TakesKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The cart of a guest stays with the client until the guest signs in. */
@RestController
class GuestCartController {

    private final GuestCarts carts;

    GuestCartController(GuestCarts carts) {
        this.carts = carts;
    }

    @PostMapping("/api/v1/catalog/quote")
    @TakesKey(TakesKey.Use.NEVER)
    @Tag(name = "catalog")
    @Operation(
            operationId = "quoteCart",
            summary = "Price a guest's cart",
            description = "Writes nothing. Quantities of the same product are summed.")
    QuoteJson quote(@RequestBody GuestCartJson cart) {
        return carts.quote(cart);
    }

    @PostMapping("/api/v1/cart/merge")
    @Tag(name = "cart")
    @Operation(
            operationId = "mergeCart",
            summary = "Add a guest's cart to one's own",
            description = "Quantities of the same product are summed. A line that is not for sale, or that exceeds a"
                    + " bound of the cart, is left out. A repeat with the same key adds nothing, and is answered as"
                    + " the first request was: a cart remembers its last 10 merges.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MergeJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> merge(
            @RequestBody GuestCartJson cart,
            @Parameter(required = true, description = "Requests with the same key add their lines once")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    String key,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return carts.merge(cart, key, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }
}
