package dev.kontor.gateway.catalog;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.WrittenVersion;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.Written;
import dev.kontor.proto.catalog.CatalogCommandsGrpc;
import dev.kontor.proto.catalog.CatalogCommandsGrpc.CatalogCommandsBlockingStub;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc.CatalogQueriesBlockingStub;
import dev.kontor.proto.catalog.DelistProductRequest;
import dev.kontor.proto.catalog.GetProductRequest;
import dev.kontor.proto.catalog.GetProductResponse;
import dev.kontor.proto.catalog.ListCategoriesRequest;
import dev.kontor.proto.catalog.ListCategoriesResponse;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.catalog.SearchProductsResponse;
import io.grpc.Channel;
import java.net.URI;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** The operations on products, for REST and GraphQL. */
@Component
class ProductOperations {

    private final CatalogCommandsBlockingStub commands;
    private final CatalogQueriesBlockingStub queries;

    ProductOperations(@CommandSideChannel Channel commandSide, @QuerySideChannel Channel querySide) {
        this.commands = CatalogCommandsGrpc.newBlockingStub(commandSide);
        this.queries = CatalogQueriesGrpc.newBlockingStub(querySide);
    }

    Page<ProductJson> search(SearchProductsRequest wanted) {
        SearchProductsResponse found = queries.searchProducts(wanted);
        return Page.of(found.getProductsList(), ProductJson::of, found.getNextPageToken());
    }

    ProductJson read(String id) {
        return ProductJson.of(queries.getProduct(
                        GetProductRequest.newBuilder().setProductId(id).build())
                .getProduct());
    }

    Page<CategoryJson> categories(PageRequest page) {
        ListCategoriesResponse found = queries.listCategories(
                ListCategoriesRequest.newBuilder().setPage(page).build());
        return Page.of(found.getCategoriesList(), CategoryJson::of, found.getNextPageToken());
    }

    ResponseEntity<Object> list(NewProduct product, PreferHeader preference) {
        Written written = commands.listProduct(product.toProto());
        return shown(
                written,
                preference,
                shown -> ResponseEntity.created(URI.create(location(written))).body(shown));
    }

    ResponseEntity<Object> change(String id, ProductChange change, PreferHeader preference) {
        return shown(commands.changeProduct(change.toProto(id)), preference, ResponseEntity::ok);
    }

    ResponseEntity<Object> changeStock(String id, StockChangeJson change, PreferHeader preference) {
        return shown(commands.changeStock(change.toProto(id)), preference, ResponseEntity::ok);
    }

    ResponseEntity<Object> delist(String id, PreferHeader preference) {
        return shown(
                commands.delistProduct(
                        DelistProductRequest.newBuilder().setProductId(id).build()),
                preference,
                shown -> ResponseEntity.noContent().build());
    }

    private ResponseEntity<Object> shown(
            Written written, PreferHeader preference, Function<ProductJson, ResponseEntity<Object>> answer) {
        GetProductRequest justWritten = GetProductRequest.newBuilder()
                .setProductId(written.getId())
                .setFreshness(WrittenVersion.of(written))
                .build();
        return WrittenVersion.await(preference, () -> queries.getProduct(justWritten), GetProductResponse::getFresh)
                .map(read -> answer.apply(ProductJson.of(read.getProduct())))
                .orElseGet(() -> Accepted.at(location(written), written));
    }

    private static String location(Written written) {
        return "/api/v1/catalog/products/" + written.getId();
    }
}
