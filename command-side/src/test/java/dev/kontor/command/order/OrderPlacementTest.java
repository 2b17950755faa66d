package dev.kontor.command.order;

import static dev.kontor.command.catalog.Products.DESK;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.PRICE;
import static dev.kontor.command.catalog.Products.SELLER;
import static dev.kontor.command.order.Orders.ANNA;
import static dev.kontor.command.order.Orders.LINES;
import static dev.kontor.command.order.Orders.ORDER;
import static dev.kontor.command.order.Orders.TOTAL;
import static dev.kontor.command.platform.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.api.Refusal;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductCommand.QuoteProduct;
import dev.kontor.api.catalog.ProductQuote;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderCommand.PlaceOrder;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.command.platform.ScriptedAggregates;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.testsupport.MutableClock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderPlacementTest {

    private static final CartLine TWO_LAMPS = line(LAMP, 2);
    private static final CartLine ONE_DESK = line(DESK, 1);
    private static final Money TEN_EUROS = new Money(1_000, "EUR");

    private final ScriptedAggregates aggregates = new ScriptedAggregates();
    private final OrderPlacement placement = Placements.by(aggregates.commands(), new MutableClock(NOON));

    private static CartLine line(ProductId product, long quantity) {
        return new CartLine(product, new Quantity(quantity));
    }

    @BeforeEach
    void every_product_quotes() {
        aggregates.answer(
                QuoteProduct.class, quote -> new ProductQuote(quote.productId(), SELLER, "Lamp", PRICE, true));
    }

    @Test
    void an_order_is_placed_at_the_quoted_prices_with_a_minute_to_decide() {
        aggregates.answer(PlaceOrder.class, place -> 5L);

        long version = placement.place(ORDER, ANNA, List.of(TWO_LAMPS, ONE_DESK), TOTAL, OrderOrigin.CART);

        assertThat(version).isEqualTo(5);
        assertThat(aggregates.sent())
                .containsExactly(
                        new QuoteProduct(LAMP),
                        new QuoteProduct(DESK),
                        new PlaceOrder(
                                ORDER,
                                ANNA,
                                LINES,
                                TOTAL,
                                OrderOrigin.CART,
                                NOON.plusSeconds(60),
                                OrderPlacement.fingerprint(List.of(TWO_LAMPS, ONE_DESK), TOTAL)));
    }

    @Test
    void with_an_unknown_product_nothing_is_placed_and_each_is_named() {
        aggregates.refuse(new QuoteProduct(LAMP), new Refusal.Unknown());
        aggregates.refuse(new QuoteProduct(DESK), new Refusal.Unknown());

        RefusedException refused = catchThrowableOfType(
                RefusedException.class,
                () -> placement.place(ORDER, ANNA, List.of(TWO_LAMPS, ONE_DESK), null, OrderOrigin.DIRECT));

        assertThat(refused.problem()).isEqualTo(Problem.UNKNOWN_PRODUCT);
        assertThat(refused.violations())
                .containsExactly(
                        new RefusedException.Violation("lines", "product " + LAMP + " does not exist"),
                        new RefusedException.Violation("lines", "product " + DESK + " does not exist"));
        assertThat(aggregates.sent()).doesNotHaveAnyElementsOfTypes(PlaceOrder.class);
    }

    @Test
    void a_price_in_another_currency_than_the_shop_s_is_refused_and_nothing_is_placed() {
        aggregates.answer(
                QuoteProduct.class,
                quote -> new ProductQuote(
                        quote.productId(),
                        SELLER,
                        "Lamp",
                        new Money(100, quote.productId() == LAMP ? "EUR" : "USD"),
                        true));

        RefusedException refused = catchThrowableOfType(
                RefusedException.class,
                () -> placement.place(ORDER, ANNA, List.of(TWO_LAMPS, ONE_DESK), null, OrderOrigin.DIRECT));

        assertThat(refused.problem()).isEqualTo(Problem.CURRENCY_MISMATCH);
        assertThat(refused).hasMessage("The shop trades in EUR, not in USD");
        assertThat(aggregates.sent()).doesNotHaveAnyElementsOfTypes(PlaceOrder.class);
    }

    @Test
    void a_total_that_is_expected_in_another_currency_is_refused_and_nothing_is_placed() {
        RefusedException refused = catchThrowableOfType(
                RefusedException.class,
                () -> placement.place(ORDER, ANNA, List.of(ONE_DESK), new Money(1_000, "USD"), OrderOrigin.DIRECT));

        assertThat(refused.problem()).isEqualTo(Problem.CURRENCY_MISMATCH);
        assertThat(refused).hasMessage("The shop trades in EUR, not in USD");
        assertThat(aggregates.sent()).doesNotHaveAnyElementsOfTypes(PlaceOrder.class);
    }

    /** The checkout has been checked already, and the customer has the order's id. */
    @Test
    void a_cart_s_order_is_placed_and_counted_whatever_is_open() {
        aggregates.answer(PlaceOrder.class, place -> 5L);
        OrderBounds bounds = Placements.bounds(new InMemoryUnshippedOrders(), new MutableClock(NOON), 1, 1);
        OrderPlacement bounded = Placements.by(aggregates.commands(), new MutableClock(NOON), bounds);

        assertThat(bounded.place(ORDER, ANNA, List.of(TWO_LAMPS), null, OrderOrigin.CART))
                .isEqualTo(5);

        assertThat(bounds.unitsLeft(ANNA)).isZero();
    }

    @Test
    void any_other_failure_of_a_quote_is_passed_on() {
        aggregates.fail(new QuoteProduct(LAMP), new IllegalStateException("disk full"));

        assertThatThrownBy(() -> placement.place(ORDER, ANNA, List.of(TWO_LAMPS), null, OrderOrigin.DIRECT))
                .hasStackTraceContaining("disk full");
    }

    @Test
    void the_order_of_lines_makes_no_other_request() {
        assertThat(OrderPlacement.fingerprint(List.of(TWO_LAMPS, ONE_DESK), TEN_EUROS))
                .isEqualTo(OrderPlacement.fingerprint(List.of(ONE_DESK, TWO_LAMPS), TEN_EUROS));
    }

    @Test
    void everything_else_makes_another_request() {
        List<String> fingerprints = Stream.of(
                        OrderPlacement.fingerprint(List.of(TWO_LAMPS, ONE_DESK), TEN_EUROS),
                        OrderPlacement.fingerprint(List.of(TWO_LAMPS), TEN_EUROS),
                        OrderPlacement.fingerprint(List.of(line(LAMP, 3), ONE_DESK), TEN_EUROS),
                        OrderPlacement.fingerprint(List.of(line(LAMP, 1), line(DESK, 2)), TEN_EUROS),
                        OrderPlacement.fingerprint(List.of(TWO_LAMPS, ONE_DESK), null),
                        OrderPlacement.fingerprint(List.of(TWO_LAMPS, ONE_DESK), new Money(1_001, "EUR")),
                        OrderPlacement.fingerprint(List.of(TWO_LAMPS, ONE_DESK), new Money(1_000, "USD")))
                .toList();

        assertThat(fingerprints).doesNotHaveDuplicates();
    }

    /** Fingerprints are stored in logs: that of a given request may never change. */
    @Test
    void a_request_has_the_fingerprint_it_always_had() {
        assertThat(OrderPlacement.fingerprint(List.of(TWO_LAMPS, ONE_DESK), TEN_EUROS))
                .isEqualTo("87e76715-a9b6-83df-a2bc-d843c5c406f5");
        assertThat(OrderPlacement.fingerprint(List.of(TWO_LAMPS, ONE_DESK), null))
                .isEqualTo("588d449c-42c6-89af-85ff-2eaf7a2ed094");
    }
}
