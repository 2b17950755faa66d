package dev.kontor.command.cart;

import dev.kontor.api.Precondition;
import dev.kontor.api.Uuids;
import dev.kontor.api.cart.CartCommand;
import dev.kontor.api.cart.CartCommand.MergeCart;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.cart.LeftOutLine;
import dev.kontor.api.cart.LeftOutReason;
import dev.kontor.api.catalog.ProductQuote;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.catalog.ProductQuotes;
import dev.kontor.command.catalog.ShopCurrency;
import dev.kontor.command.platform.Requests;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.Violations;
import dev.kontor.proto.cart.GuestCartLine;
import dev.kontor.proto.cart.MergeCartRequest;
import dev.kontor.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to merge a guest's cart. Its lines have the form of a line each; in sum they may exceed any bound.
 *
 * @param precondition null for none
 */
record GuestCart(String mergeId, List<CartLine> lines, Precondition precondition) {

    /** @throws RefusedException if the key or a line is not valid */
    static GuestCart of(MergeCartRequest request, CustomerId customerId) {
        Violations violations = new Violations();
        String mergeId = violations.at(
                "Idempotency-Key",
                () -> Uuids.derive("merge", customerId.value(), Text.check(request.getIdempotencyKey(), 1, 200)));
        List<CartLine> lines = new ArrayList<>();
        if (request.getLinesCount() == 0 || request.getLinesCount() > CartCommand.MOST_LINES) {
            violations.add("lines", "must have 1 to %d lines".formatted(CartCommand.MOST_LINES));
        } else {
            for (int i = 0; i < request.getLinesCount(); i++) {
                GuestCartLine line = request.getLines(i);
                String at = "lines[" + i + "]";
                ProductId productId = violations.at(at + ".productId", () -> new ProductId(line.getProductId()));
                Quantity quantity = violations.at(at + ".quantity", () -> new Quantity(line.getQuantity()));
                if (productId != null && quantity != null) {
                    lines.add(new CartLine(productId, quantity));
                }
            }
        }
        violations.refuseIfAny();
        return new GuestCart(
                mergeId, lines, Requests.precondition(request.hasPrecondition(), request.getPrecondition()));
    }

    /** The units of each product, in the order of the request. */
    Map<ProductId, Long> units() {
        Map<ProductId, Long> units = new LinkedHashMap<>();
        lines.forEach(line -> units.merge(line.productId(), line.quantity().value(), Long::sum));
        return units;
    }

    /** Leaves out what is not for sale. */
    MergeCart command(CustomerId customerId, ProductQuotes quotes, ShopCurrency currency) {
        Map<ProductId, LeftOutLine> leftOut = new LinkedHashMap<>();
        Map<ProductId, Long> units = units();
        units.forEach((product, wanted) -> whyNotForSale(product, quotes, currency)
                .ifPresent(reason -> leftOut.put(product, new LeftOutLine(product, wanted, reason.code()))));
        return new MergeCart(
                customerId,
                mergeId,
                fingerprint(units),
                lines.stream()
                        .filter(line -> !leftOut.containsKey(line.productId()))
                        .toList(),
                List.copyOf(leftOut.values()),
                precondition);
    }

    private static String fingerprint(Map<ProductId, Long> units) {
        return Uuids.derive(units.entrySet().stream()
                .map(line -> line.getKey() + "=" + line.getValue())
                .sorted()
                .toArray(String[]::new));
    }

    private static Optional<LeftOutReason> whyNotForSale(
            ProductId product, ProductQuotes quotes, ShopCurrency currency) {
        try {
            ProductQuote quote = quotes.of(product);
            if (!quote.listed()) {
                return Optional.of(LeftOutReason.PRODUCT_DELISTED);
            }
            currency.requireOurs(quote.unitPrice());
            return Optional.empty();
        } catch (RefusedException refused) {
            if (refused.problem() == Problem.NOT_FOUND) {
                return Optional.of(LeftOutReason.PRODUCT_NOT_FOUND);
            }
            if (refused.problem() == Problem.CURRENCY_MISMATCH) {
                return Optional.of(LeftOutReason.CURRENCY_MISMATCH);
            }
            throw refused;
        }
    }
}
