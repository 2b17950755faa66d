package dev.kontor.gateway.catalog;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.WrittenVersion;
import dev.kontor.proto.Written;
import dev.kontor.proto.catalog.CatalogCommandsGrpc;
import dev.kontor.proto.catalog.CatalogCommandsGrpc.CatalogCommandsBlockingStub;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc.CatalogQueriesBlockingStub;
import dev.kontor.proto.catalog.DelistProductRequest;
import dev.kontor.proto.catalog.GetProductRequest;
import dev.kontor.proto.catalog.GetProductResponse;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.function.Function;
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

    private final CatalogCommandsBlockingStub commands;
    private final CatalogQueriesBlockingStub queries;

    ProductController(@CommandSideChannel Channel commandSide, @QuerySideChannel Channel querySide) {
        this.commands = CatalogCommandsGrpc.newBlockingStub(commandSide);
        this.queries = CatalogQueriesGrpc.newBlockingStub(querySide);
    }

    @PostMapping
    @Operation(operationId = "listProduct", summary = "List a product for sale")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ProductJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> list(
            @RequestBody NewProduct product, @RequestHeader(name = "Prefer", required = false) String prefer) {
        Written written = commands.listProduct(product.toProto());
        return shown(
                written,
                prefer,
                shown -> ResponseEntity.created(URI.create(location(written))).body(shown));
    }

    @PatchMapping("/{id}")
    @Operation(operationId = "changeProduct", summary = "For its seller and admins: change a product")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProductJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> change(
            @PathVariable String id,
            @RequestBody ProductChange change,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return shown(commands.changeProduct(change.toProto(id)), prefer, ResponseEntity::ok);
    }

    @PostMapping("/{id}/stock")
    @Operation(operationId = "changeStock", summary = "For its seller and admins: add or remove stock")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProductJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> changeStock(
            @PathVariable String id,
            @RequestBody StockChangeJson change,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return shown(commands.changeStock(change.toProto(id)), prefer, ResponseEntity::ok);
    }

    @DeleteMapping("/{id}")
    @Operation(operationId = "delistProduct", summary = "For its seller and admins: delist a product")
    @ApiResponse(responseCode = "204", content = @Content)
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> delist(
            @PathVariable String id, @RequestHeader(name = "Prefer", required = false) String prefer) {
        return shown(
                commands.delistProduct(
                        DelistProductRequest.newBuilder().setProductId(id).build()),
                prefer,
                shown -> ResponseEntity.noContent().build());
    }

    private ResponseEntity<Object> shown(
            Written written, String prefer, Function<ProductJson, ResponseEntity<Object>> answer) {
        GetProductRequest justWritten = GetProductRequest.newBuilder()
                .setProductId(written.getId())
                .setFreshness(WrittenVersion.of(written))
                .build();
        return WrittenVersion.await(
                        PreferHeader.of(prefer), () -> queries.getProduct(justWritten), GetProductResponse::getFresh)
                .map(read -> answer.apply(ProductJson.of(read.getProduct())))
                .orElseGet(() -> Accepted.at(location(written), written));
    }

    private static String location(Written written) {
        return "/api/v1/catalog/products/" + written.getId();
    }
}
