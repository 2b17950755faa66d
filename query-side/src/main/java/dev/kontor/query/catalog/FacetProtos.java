package dev.kontor.query.catalog;

import dev.kontor.proto.catalog.FacetCount;
import dev.kontor.proto.catalog.PriceBand;
import java.util.Map;

/** Facets as messages. */
final class FacetProtos {

    private FacetProtos() {}

    /** @param sellers names by id; absent if the seller is not known (any more) */
    static dev.kontor.proto.catalog.Facets of(Facets facets, Map<String, String> sellers) {
        dev.kontor.proto.catalog.Facets.Builder message = dev.kontor.proto.catalog.Facets.newBuilder()
                .setProducts(facets.products())
                .setInStock(facets.inStock());
        facets.categories().forEach(count -> message.addCategories(count(count, count.value())));
        facets.sellers().forEach(count -> message.addSellers(count(count, sellers.getOrDefault(count.value(), ""))));
        facets.prices().forEach(band -> {
            PriceBand.Builder prices =
                    PriceBand.newBuilder().setFrom(band.from()).setProducts(band.products());
            if (band.below() != null) {
                prices.setBelow(band.below());
            }
            message.addPrices(prices);
        });
        return message.build();
    }

    private static FacetCount count(Facets.Count count, String name) {
        return FacetCount.newBuilder()
                .setValue(count.value())
                .setName(name)
                .setProducts(count.products())
                .build();
    }
}
