package dev.kontor.gateway.cart;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.gateway.catalog.MoneyJson;
import dev.kontor.gateway.catalog.ProductJson;
import dev.kontor.gateway.platform.Expand;
import dev.kontor.gateway.platform.ResourcePart;
import dev.kontor.gateway.platform.SingleResource;
import dev.kontor.proto.cart.Cart;
import dev.kontor.proto.cart.CartItem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A cart.
 *
 * @param items never absent
 * @param total the sum of all lines; absent if a price is not known yet, or if the lines are in several currencies
 * @param products of the lines; absent unless expanded
 */
@Schema(name = "Cart")
public record CartJson(
        List<ItemJson> items,
        @JsonInclude(JsonInclude.Include.NON_NULL) MoneyJson total,
        long version,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<ProductJson> products)
        implements SingleResource {

    static final List<String> EXPANDED = List.of(Expand.PRODUCTS);

    static final String EXPAND = "`products` shows the products of the lines as well";

    static final ResourcePart WHOLE = new ResourcePart(0, 1);

    /**
     * A line of a cart.
     *
     * @param title empty if the catalog does not show the product (yet)
     * @param unitPrice absent, as lineTotal, if the catalog does not show the product (yet)
     * @param listed whether the product is still for sale
     * @param available units that can be ordered now
     */
    @Schema(name = "CartItem")
    public record ItemJson(
            String productId,
            String title,
            @JsonInclude(JsonInclude.Include.NON_NULL) MoneyJson unitPrice,
            long quantity,
            @JsonInclude(JsonInclude.Include.NON_NULL) MoneyJson lineTotal,
            boolean listed,
            long available) {

        static ItemJson of(CartItem item) {
            return new ItemJson(
                    item.getProductId(),
                    item.getTitle(),
                    item.hasUnitPrice() ? MoneyJson.of(item.getUnitPrice()) : null,
                    item.getQuantity(),
                    item.hasLineTotal() ? MoneyJson.of(item.getLineTotal()) : null,
                    item.getListed(),
                    item.getAvailable());
        }
    }

    @Override
    public List<Long> versions() {
        return List.of(version);
    }

    public static CartJson of(Cart cart) {
        return new CartJson(
                cart.getItemsList().stream().map(ItemJson::of).toList(),
                cart.hasTotal() ? MoneyJson.of(cart.getTotal()) : null,
                cart.getVersion(),
                null);
    }

    CartJson with(List<ProductJson> shown) {
        return new CartJson(items, total, version, shown);
    }
}
