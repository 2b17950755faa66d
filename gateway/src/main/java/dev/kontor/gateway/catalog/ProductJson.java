package dev.kontor.gateway.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.kontor.gateway.platform.ResourcePart;
import dev.kontor.gateway.platform.SingleResource;
import dev.kontor.proto.catalog.Product;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A product.
 *
 * @param available units that can be ordered now
 * @param reserved units held by orders that are not shipped yet
 * @param versions of {@link #OFFER} and {@link #STOCK}; only in the {@code ETag}
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
        long version,
        @JsonIgnore @Schema(hidden = true) List<Long> versions)
        implements SingleResource {

    private static final int PARTS = 2;

    /** Title, description, category, price, and whether it is for sale. */
    static final ResourcePart OFFER = new ResourcePart(0, PARTS);

    /** What its seller adds and removes. Orders leave its version alone. */
    static final ResourcePart STOCK = new ResourcePart(1, PARTS);

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
                product.getVersion(),
                List.of(product.getOfferVersion(), product.getStockVersion()));
    }

    /** The name of the seller. */
    @Override
    public List<String> shownCustomers() {
        return List.of(seller.id());
    }

    @Override
    public boolean forEveryone() {
        return true;
    }
}
