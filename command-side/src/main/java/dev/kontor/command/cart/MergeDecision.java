package dev.kontor.command.cart;

import dev.kontor.api.cart.CartCommand;
import dev.kontor.api.cart.CartCommand.MergeCart;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.cart.LeftOutLine;
import dev.kontor.api.cart.LeftOutReason;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.ProductId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a merge adds to a cart, and what exceeds its bounds. */
final class MergeDecision {

    private final Map<ProductId, Long> changed = new LinkedHashMap<>();
    private final List<LeftOutLine> leftOut;

    MergeDecision(Map<ProductId, Long> present, MergeCart command) {
        leftOut = new ArrayList<>(command.leftOut());
        Map<ProductId, Long> wanted = new LinkedHashMap<>();
        command.lines()
                .forEach(line -> wanted.merge(line.productId(), line.quantity().value(), Long::sum));
        int lines = present.size();
        for (Map.Entry<ProductId, Long> line : wanted.entrySet()) {
            ProductId product = line.getKey();
            long before = present.getOrDefault(product, 0L);
            if (before == 0 && lines >= CartCommand.MOST_LINES) {
                leaveOut(product, line.getValue(), LeftOutReason.CART_FULL);
                continue;
            }
            long after = Math.min(before + line.getValue(), Quantity.HIGHEST);
            if (before == 0) {
                lines++;
            }
            if (after > before) {
                changed.put(product, after);
            }
            leaveOut(product, before + line.getValue() - after, LeftOutReason.QUANTITY_LIMIT);
        }
    }

    private void leaveOut(ProductId product, long units, LeftOutReason reason) {
        if (units > 0) {
            leftOut.add(new LeftOutLine(product, units, reason.code()));
        }
    }

    /** The quantity of each product that the merge changes. */
    List<CartLine> changed() {
        return Cart.lines(changed);
    }

    List<LeftOutLine> leftOut() {
        return List.copyOf(leftOut);
    }
}
