package dev.kontor.gateway.catalog;

import dev.kontor.proto.catalog.Product;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A product.
 *
 * @param available units that can be ordered now
 * @param reserved units held by orders that are not shipped yet
 */
@Schema(name = "Product")
public record ProductJson(
        String id,
        String title,
        String description,
        String category,
        MoneyJson price,
        long available,
        long reserved,
        SellerJson seller,
        boolean listed,
        long version) {

    /** @param name null if it is not known (any more) */
    @Schema(name = "Seller")
    public record SellerJson(
            String id, @Schema(types = {"string", "null"}) String name) {}

    public static ProductJson of(Product product) {
        return new ProductJson(
                product.getId(),
                product.getTitle(),
                product.getDescription(),
                product.getCategory(),
                MoneyJson.of(product.getPrice()),
                product.getAvailable(),
                product.getReserved(),
                new SellerJson(
                        product.getSellerId(), product.getSellerName().isEmpty() ? null : product.getSellerName()),
                product.getListed(),
                product.getVersion());
    }
}
