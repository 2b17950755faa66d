package dev.kontor.gateway.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.gateway.platform.Page;
import dev.kontor.proto.catalog.FacetCount;
import dev.kontor.proto.catalog.Facets;
import dev.kontor.proto.catalog.PriceBand;
import dev.kontor.proto.catalog.SearchProductsResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A page of products.
 *
 * @param items never absent
 * @param nextPageToken null on the last page
 * @param facets absent unless they were asked for
 */
@Schema(name = "ProductPage")
record ProductPage(
        List<ProductJson> items,
        @Schema(types = {"string", "null"}) String nextPageToken,
        @JsonInclude(JsonInclude.Include.NON_NULL) FacetsJson facets) {

    /**
     * How many of all found products have which property.
     *
     * @param categories the 20 most frequent
     * @param sellers the 20 most frequent
     * @param prices only bands that have products, the cheapest first
     */
    @Schema(name = "Facets")
    record FacetsJson(
            long products, long inStock, List<CategoryJson> categories, List<SellerCount> sellers, List<Band> prices) {}

    /** @param name null if it is not known (any more) */
    @Schema(name = "SellerCount")
    record SellerCount(
            String id, @Schema(types = {"string", "null"}) String name, long products) {}

    /**
     * @param from the lowest price in it, in minor units
     * @param below the lowest price above it, in minor units; null for the last band
     */
    @Schema(name = "PriceBand")
    record Band(
            long from, @Schema(types = {"integer", "null"}) Long below, long products) {}

    static ProductPage of(SearchProductsResponse found) {
        Page<ProductJson> page = Page.of(found.getProductsList(), ProductJson::of, found.getNextPageToken());
        return new ProductPage(
                page.items(), page.nextPageToken(), found.hasFacets() ? facets(found.getFacets()) : null);
    }

    /** Without facets. */
    Page<ProductJson> page() {
        return new Page<>(items, nextPageToken);
    }

    private static FacetsJson facets(Facets facets) {
        return new FacetsJson(
                facets.getProducts(),
                facets.getInStock(),
                facets.getCategoriesList().stream()
                        .map(count -> new CategoryJson(count.getName(), count.getProducts()))
                        .toList(),
                facets.getSellersList().stream().map(ProductPage::seller).toList(),
                facets.getPricesList().stream().map(ProductPage::band).toList());
    }

    private static SellerCount seller(FacetCount count) {
        return new SellerCount(
                count.getValue(), count.getName().isEmpty() ? null : count.getName(), count.getProducts());
    }

    private static Band band(PriceBand band) {
        return new Band(band.getFrom(), band.hasBelow() ? band.getBelow() : null, band.getProducts());
    }
}
