package dev.kontor.command.cart;

import static dev.kontor.command.catalog.Products.DESK;
import static dev.kontor.command.catalog.Products.LAMP;

import dev.kontor.api.Refusal;
import dev.kontor.api.cart.CartCommand;
import dev.kontor.api.cart.CartCommand.CheckOutCart;
import dev.kontor.api.cart.CartCommand.CompleteCheckout;
import dev.kontor.api.cart.CartCommand.MergeCart;
import dev.kontor.api.cart.CartEvent.CartCheckedOut;
import dev.kontor.api.cart.CartEvent.CartItemPut;
import dev.kontor.api.cart.CartEvent.CartMerged;
import dev.kontor.api.cart.CartEvent.CheckoutCompleted;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.cart.LeftOutLine;
import dev.kontor.api.cart.Merge;
import dev.kontor.api.cart.Merged;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.platform.Scenario;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A guest's cart is added to a customer's. */
class MergeTest {

    private static final CustomerId ANNA = new CustomerId("0197a3c2-0000-7000-8000-000000000001");
    private static final LeftOutLine DELISTED = new LeftOutLine(ProductId.mint(), 2, "product-delisted");

    private final Scenario<Cart> cart = Scenario.of(Cart.class);

    private static CartItemPut put(ProductId product, long quantity) {
        return new CartItemPut(ANNA, product, new Quantity(quantity));
    }

    private static CartLine line(ProductId product, long quantity) {
        return new CartLine(product, new Quantity(quantity));
    }

    private static MergeCart merging(String id, CartLine... lines) {
        return new MergeCart(ANNA, id, "f", List.of(lines), List.of());
    }

    private static CartMerged merged(String id, List<LeftOutLine> leftOut, CartLine... lines) {
        return new CartMerged(ANNA, id, "f", List.of(lines), leftOut);
    }

    private static Merged answer(String id, long version, LeftOutLine... leftOut) {
        return new Merged(new Merge(id, "f", version, List.of(leftOut)), false);
    }

    @Test
    void a_merge_can_make_the_cart() {
        cart.when(merging("m", line(LAMP, 2), line(DESK, 1)))
                .then(merged("m", List.of(), line(LAMP, 2), line(DESK, 1)))
                .answering(answer("m", 0));
    }

    @Test
    void equal_products_are_summed_with_each_other_and_with_what_is_there() {
        cart.given(put(LAMP, 2))
                .when(merging("m", line(LAMP, 3), line(DESK, 1), line(LAMP, 5)))
                .then(merged("m", List.of(), line(LAMP, 10), line(DESK, 1)))
                .answering(answer("m", 1));
    }

    @Test
    void units_above_the_bound_are_left_out() {
        LeftOutLine rest = new LeftOutLine(LAMP, 5, "quantity-limit");

        cart.given(put(LAMP, Quantity.HIGHEST - 1))
                .when(merging("m", line(LAMP, 2), line(LAMP, 4)))
                .then(merged("m", List.of(rest), line(LAMP, Quantity.HIGHEST)))
                .answering(answer("m", 1, rest));
    }

    @Test
    void a_line_that_is_full_stays_as_it_is() {
        LeftOutLine all = new LeftOutLine(LAMP, 1, "quantity-limit");

        cart.given(put(LAMP, Quantity.HIGHEST))
                .when(merging("m", line(LAMP, 1)))
                .then(merged("m", List.of(all)));
    }

    @Test
    void further_products_are_left_out_of_a_full_cart() {
        List<CartItemPut> nearlyFull = Stream.generate(ProductId::mint)
                .limit(CartCommand.MOST_LINES - 1)
                .map(product -> put(product, 1))
                .toList();
        ProductId known = nearlyFull.getFirst().productId();
        LeftOutLine desk = new LeftOutLine(DESK, 7, "cart-full");

        cart.given(nearlyFull)
                .when(merging("m", line(LAMP, 1), line(DESK, 7), line(known, 4)))
                .then(merged("m", List.of(desk), line(LAMP, 1), line(known, 5)));
    }

    @Test
    void what_is_not_for_sale_is_kept_with_the_merge() {
        cart.when(new MergeCart(ANNA, "m", "f", List.of(), List.of(DELISTED)))
                .then(merged("m", List.of(DELISTED)))
                .answering(answer("m", 0, DELISTED));
    }

    @Test
    void a_repeat_adds_nothing_and_is_answered_as_before() {
        cart.given(merged("m", List.of(DELISTED), line(LAMP, 2)), put(LAMP, 9))
                .when(merging("m", line(LAMP, 2)))
                .thenNothing()
                .answering(new Merged(new Merge("m", "f", 0, List.of(DELISTED)), true));
    }

    @Test
    void the_same_id_for_other_lines_is_refused() {
        cart.given(merged("m", List.of(), line(LAMP, 2)))
                .when(new MergeCart(ANNA, "m", "another", List.of(line(LAMP, 3)), List.of()))
                .thenRefused(new Refusal.KeyReused());
    }

    @Test
    void a_cart_remembers_its_last_ten_merges() {
        List<CartMerged> ten = IntStream.range(0, CartCommand.MOST_MERGES)
                .mapToObj(i -> merged("m" + i, List.of(), line(LAMP, i + 1)))
                .toList();

        Scenario.of(Cart.class).given(ten).when(merging("m0", line(LAMP, 1))).thenNothing();
        Scenario.of(Cart.class)
                .given(ten)
                .given(merged("m10", List.of(), line(LAMP, 20)))
                .when(merging("m0", line(LAMP, 1)))
                .then(merged("m0", List.of(), line(LAMP, 21)));
    }

    @Test
    void what_is_merged_during_a_checkout_stays_in_the_cart() {
        OrderId order = OrderId.ofCheckout(ANNA, 1);

        cart.given(put(LAMP, 2), new CartCheckedOut(ANNA, order, List.of(line(LAMP, 2))))
                .given(merged("m", List.of(), line(LAMP, 5), line(DESK, 1)))
                .when(new CompleteCheckout(ANNA, order))
                .then(new CheckoutCompleted(ANNA, order, List.of(line(LAMP, 3), line(DESK, 1))));
    }

    @Test
    void a_merged_cart_is_checked_out_as_it_is() {
        cart.given(merged("m", List.of(), line(LAMP, 2)))
                .when(new CheckOutCart(ANNA, null))
                .then(new CartCheckedOut(ANNA, OrderId.ofCheckout(ANNA, 1), List.of(line(LAMP, 2))));
    }
}
