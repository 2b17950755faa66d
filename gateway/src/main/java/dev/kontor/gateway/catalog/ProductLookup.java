package dev.kontor.gateway.catalog;

import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc.CatalogQueriesBlockingStub;
import dev.kontor.proto.catalog.GetProductsRequest;
import io.grpc.Channel;
import java.util.List;
import org.springframework.stereotype.Component;

/** The products that another resource refers to. */
@Component
public class ProductLookup {

    private final CatalogQueriesBlockingStub queries;

    ProductLookup(@QuerySideChannel Channel querySide) {
        this.queries = CatalogQueriesGrpc.newBlockingStub(querySide);
    }

    /** Reads all of them with one call. Those that the catalog does not show (yet) are left out. */
    public List<ProductJson> of(List<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : queries
                        .getProducts(
                                GetProductsRequest.newBuilder().addAllIds(ids).build())
                        .getProductsList()
                        .stream()
                        .map(ProductJson::of)
                        .toList();
    }
}
