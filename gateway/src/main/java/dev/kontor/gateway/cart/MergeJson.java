package dev.kontor.gateway.cart;

import dev.kontor.gateway.cart.GuestCartJson.LineJson;
import dev.kontor.proto.cart.LeftOutLine;
import dev.kontor.proto.cart.MergeCartResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * What a merge did. A repeat is answered in the same way.
 *
 * @param added the units that were added, one line for each product; never absent
 * @param leftOut the units that were not added; never absent
 * @param version of the cart with the lines in it
 */
@Schema(name = "CartMerge")
record MergeJson(List<LineJson> added, List<LeftOutJson> leftOut, long version) {

    /** @param code why: product-not-found, product-delisted, currency-mismatch, cart-full or quantity-limit */
    @Schema(name = "LeftOutLine")
    record LeftOutJson(
            String productId,
            long quantity,

            @Schema(
                    allowableValues = {
                        "product-not-found",
                        "product-delisted",
                        "currency-mismatch",
                        "cart-full",
                        "quantity-limit"
                    })
            String code) {

        static LeftOutJson of(LeftOutLine line) {
            return new LeftOutJson(line.getProductId(), line.getQuantity(), line.getCode());
        }
    }

    static MergeJson of(MergeCartResponse merged) {
        return new MergeJson(
                merged.getAddedList().stream().map(LineJson::of).toList(),
                merged.getLeftOutList().stream().map(LeftOutJson::of).toList(),
                merged.getVersion());
    }
}
