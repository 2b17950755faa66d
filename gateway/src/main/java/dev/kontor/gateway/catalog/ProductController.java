package dev.kontor.gateway.catalog;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.IfMatch;
import dev.kontor.gateway.platform.PreferHeader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/catalog/products")
@Tag(name = "catalog", description = "Products, prices and stock")
class ProductController {

    private final ProductOperations products;

    ProductController(ProductOperations products) {
        this.products = products;
    }

    @PostMapping
    @Operation(operationId = "listProduct", summary = "List a product for sale")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ProductJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> list(
            @RequestBody NewProduct product, @RequestHeader(name = "Prefer", required = false) String prefer) {
        return products.list(product, PreferHeader.of(prefer));
    }

    @PatchMapping("/{id}")
    @Operation(operationId = "changeProduct", summary = "For its seller and admins: change a product")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProductJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> change(
            @PathVariable String id,
            @RequestBody ProductChange change,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return products.change(id, change, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }

    @PostMapping("/{id}/stock")
    @Operation(operationId = "changeStock", summary = "For its seller and admins: add or remove stock")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProductJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> changeStock(
            @PathVariable String id,
            @RequestBody StockChangeJson change,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return products.changeStock(id, change, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }

    @DeleteMapping("/{id}")
    @Operation(operationId = "delistProduct", summary = "For its seller and admins: delist a product")
    @ApiResponse(responseCode = "204", content = @Content)
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> delist(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return products.delist(id, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }
}
