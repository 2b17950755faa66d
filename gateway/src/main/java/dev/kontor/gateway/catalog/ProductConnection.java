package dev.kontor.gateway.catalog;

import dev.kontor.gateway.catalog.ProductPage.FacetsJson;
import dev.kontor.gateway.platform.Connection;
import dev.kontor.gateway.platform.Connection.Edge;
import dev.kontor.gateway.platform.Connection.PageInfo;
import java.util.List;

/**
 * A page of products in GraphQL.
 *
 * @param facets null unless they were asked for
 */
record ProductConnection(List<Edge<ProductJson>> edges, PageInfo pageInfo, FacetsJson facets) {

    static final String FACETS = "facets";

    /** @param after the cursor that the page was asked for; null for the first page */
    static ProductConnection of(ProductPage found, String after) {
        Connection<ProductJson> page = Connection.of(found.page(), after);
        return new ProductConnection(page.edges(), page.pageInfo(), found.facets());
    }
}
