package dev.kontor.api.order;

import dev.kontor.api.ids.ProductId;
import dev.kontor.api.platform.DescribedAs;
import java.util.List;

/**
 * Why an order was rejected.
 *
 * @param code of a {@link RejectionReason}
 * @param lines the lines that were refused; empty if it is not about lines
 */
@DescribedAs(
        "`code` is the reason: `insufficient-stock`, `product-delisted`, `price-changed`, `order-expired`, "
                + "`unknown-product` or `currency-mismatch`; `lines` those that were refused, empty where it is not about lines.")
public record Rejection(String code, List<Line> lines) {

    public Rejection {
        lines = List.copyOf(lines);
    }

    /** @param available units that could have been had when the line was refused */
    @DescribedAs("A line that was refused, why, and how many units could have been had.")
    public record Line(ProductId productId, String code, long available) {

        public Line(ProductId productId, RejectionReason reason, long available) {
            this(productId, reason.code(), available);
        }
    }

    /** Rejected for these lines; the first one's code is the order's. */
    public static Rejection ofLines(List<Line> lines) {
        return new Rejection(lines.getFirst().code(), lines);
    }

    public static Rejection of(RejectionReason reason) {
        return new Rejection(reason.code(), List.of());
    }
}
