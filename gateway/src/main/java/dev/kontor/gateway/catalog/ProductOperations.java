package dev.kontor.gateway.catalog;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.IfMatch;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.WrittenVersion;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Freshness;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.Written;
import dev.kontor.proto.catalog.CatalogCommandsGrpc;
import dev.kontor.proto.catalog.CatalogCommandsGrpc.CatalogCommandsBlockingStub;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc.CatalogQueriesBlockingStub;
import dev.kontor.proto.catalog.ChangeProductRequest;
import dev.kontor.proto.catalog.ChangeStockRequest;
import dev.kontor.proto.catalog.DelistProductRequest;
import dev.kontor.proto.catalog.GetProductRequest;
import dev.kontor.proto.catalog.GetProductResponse;
import dev.kontor.proto.catalog.GetProductsRequest;
import dev.kontor.proto.catalog.ListCategoriesRequest;
import dev.kontor.proto.catalog.ListCategoriesResponse;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.catalog.SuggestProductsRequest;
import io.grpc.Channel;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    ProductPage search(SearchProductsRequest wanted) {
        return ProductPage.of(queries.searchProducts(wanted));
    }

    /**
     * @param size 1 to 20
     * @throws RefusedException if the size is less; the side refuses a greater one
     */
    SuggestionsJson suggest(String text, int size) {
        if (size < 1) {
            throw RefusedException.invalid("size", "must be from 1 to 20");
        }
        return SuggestionsJson.of(queries.suggestProducts(
                SuggestProductsRequest.newBuilder().setText(text).setSize(size).build()));
    }

    ProductJson read(String id) {
        return ProductJson.of(queries.getProduct(
                        GetProductRequest.newBuilder().setProductId(id).build())
                .getProduct());
    }

    /** Without those that do not exist. @param ids at most 100 */
    Map<String, ProductJson> byId(Collection<String> ids) {
        return queries
                .getProducts(GetProductsRequest.newBuilder().addAllIds(ids).build())
                .getProductsList()
                .stream()
                .map(ProductJson::of)
                .collect(Collectors.toMap(ProductJson::id, Function.identity()));
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

    ResponseEntity<Object> change(String id, ProductChange change, IfMatch condition, PreferHeader preference) {
        ChangeProductRequest.Builder request = change.toProto(id).toBuilder();
        condition.require(ProductJson.OFFER, request::setPrecondition);
        Written written = condition.send(() -> commands.changeProduct(request.build()), now -> present(id, now));
        return shown(written, preference, ResponseEntity::ok);
    }

    ResponseEntity<Object> changeStock(String id, StockChangeJson change, IfMatch condition, PreferHeader preference) {
        ChangeStockRequest.Builder request = change.toProto(id).toBuilder();
        condition.require(ProductJson.STOCK, request::setPrecondition);
        Written written = condition.send(() -> commands.changeStock(request.build()), now -> present(id, now));
        return shown(written, preference, ResponseEntity::ok);
    }

    ResponseEntity<Object> delist(String id, IfMatch condition, PreferHeader preference) {
        DelistProductRequest.Builder request = DelistProductRequest.newBuilder().setProductId(id);
        condition.require(ProductJson.OFFER, request::setPrecondition);
        Written written = condition.send(() -> commands.delistProduct(request.build()), now -> present(id, now));
        return shown(written, preference, shown -> ResponseEntity.noContent().build());
    }

    private Optional<ProductJson> present(String id, Freshness now) {
        GetProductResponse read = queries.getProduct(GetProductRequest.newBuilder()
                .setProductId(id)
                .setFreshness(now)
                .build());
        return read.getFresh() ? Optional.of(ProductJson.of(read.getProduct())) : Optional.empty();
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
