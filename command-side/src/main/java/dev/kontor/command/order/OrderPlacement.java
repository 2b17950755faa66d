package dev.kontor.command.order;

import dev.kontor.api.Uuids;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductQuote;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderCommand.PlaceOrder;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.command.catalog.ProductQuotes;
import dev.kontor.command.catalog.ShopCurrency;
import dev.kontor.command.platform.Commands;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.StartException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Turns lines into an order: asks every product for its price, then places the order. */
@Component
public class OrderPlacement {

    private static final Duration LONGEST_TO_DECIDE = Duration.ofDays(365);

    private final Commands commands;
    private final ProductQuotes quotes;
    private final ShopCurrency currency;
    private final OrderBounds bounds;
    private final Clock clock;
    private final Duration timeToDecide;

    OrderPlacement(
            Commands commands,
            ProductQuotes quotes,
            ShopCurrency currency,
            OrderBounds bounds,
            Clock clock,
            @Value("${kontor.orders.time-to-decide:60s}") Duration timeToDecide) {
        if (!timeToDecide.isPositive() || timeToDecide.compareTo(LONGEST_TO_DECIDE) > 0) {
            throw new StartException("kontor.orders.time-to-decide must be longer than 0, and 365d at most");
        }
        this.commands = commands;
        this.quotes = quotes;
        this.currency = currency;
        this.bounds = bounds;
        this.clock = clock;
        this.timeToDecide = timeToDecide;
    }

    /**
     * Places the order; a repeat changes nothing.
     *
     * @param lines at least one, one per product
     * @param expectedTotal null if the client expects none
     * @return the order's version
     * @throws RefusedException if a product is unknown, a price or the expected total is not in the shop's currency,
     *     the id belongs to another order, or the customer has too much open; the latter not for an order from a cart,
     *     which was checked at the checkout
     */
    public long place(
            OrderId orderId, CustomerId customerId, List<CartLine> lines, Money expectedTotal, OrderOrigin origin) {
        return place(
                orderId,
                customerId,
                quote(lines),
                expectedTotal,
                origin,
                fingerprint(lines, expectedTotal),
                commands::<Long>send);
    }

    long place(
            OrderId orderId,
            CustomerId customerId,
            List<Quoted> lines,
            Money expectedTotal,
            OrderOrigin origin,
            String fingerprint,
            ToLongFunction<PlaceOrder> sender) {
        lines.forEach(line -> currency.requireOurs(line.line().unitPrice()));
        if (expectedTotal != null) {
            currency.requireOurs(expectedTotal);
        }
        long units = lines.stream()
                .mapToLong(quoted -> quoted.line().quantity().value())
                .sum();
        if (origin == OrderOrigin.DIRECT) {
            bounds.admit(orderId, customerId, units);
        } else {
            bounds.count(orderId, customerId, units);
        }
        try {
            return sender.applyAsLong(new PlaceOrder(
                    orderId,
                    customerId,
                    lines.stream().map(Quoted::line).toList(),
                    expectedTotal,
                    origin,
                    clock.instant().plus(timeToDecide),
                    fingerprint));
        } catch (RefusedException refused) {
            bounds.forget(orderId, customerId);
            throw refused;
        }
    }

    record Quoted(OrderLine line, boolean listed) {}

    List<Quoted> quote(List<CartLine> lines) {
        List<Quoted> quoted = new ArrayList<>(lines.size());
        List<RefusedException.Violation> unknown = new ArrayList<>();
        for (CartLine line : lines) {
            try {
                ProductQuote quote = quotes.of(line.productId());
                quoted.add(new Quoted(
                        new OrderLine(
                                line.productId(), line.quantity(), quote.sellerId(), quote.title(), quote.unitPrice()),
                        quote.listed()));
            } catch (RefusedException refused) {
                if (refused.problem() != Problem.NOT_FOUND) {
                    throw refused;
                }
                unknown.add(new RefusedException.Violation("lines", "product " + line.productId() + " does not exist"));
            }
        }
        if (!unknown.isEmpty()) {
            throw new RefusedException(
                    Problem.UNKNOWN_PRODUCT, unknown.getFirst().message(), Map.of(), unknown);
        }
        return quoted;
    }

    /** Equal for requests with the same lines in any order. */
    static String fingerprint(List<CartLine> lines, Money expectedTotal) {
        Stream<String> parts = lines.stream()
                .map(line -> line.productId() + "=" + line.quantity().value())
                .sorted();
        return Uuids.derive(
                Stream.concat(Stream.of(String.valueOf(expectedTotal)), parts).toArray(String[]::new));
    }
}
