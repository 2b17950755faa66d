package dev.kontor.command.cart;

import static dev.kontor.command.catalog.Products.DESK;
import static dev.kontor.command.catalog.Products.LAMP;

import dev.kontor.api.Precondition;
import dev.kontor.api.Refusal;
import dev.kontor.api.cart.CartCommand;
import dev.kontor.api.cart.CartCommand.CheckOutCart;
import dev.kontor.api.cart.CartCommand.ClearCart;
import dev.kontor.api.cart.CartCommand.CompleteCheckout;
import dev.kontor.api.cart.CartCommand.PutCartItem;
import dev.kontor.api.cart.CartCommand.RecallCheckout;
import dev.kontor.api.cart.CartCommand.RemoveCartItem;
import dev.kontor.api.cart.CartCommand.ReopenCart;
import dev.kontor.api.cart.CartEvent.CartCheckedOut;
import dev.kontor.api.cart.CartEvent.CartCleared;
import dev.kontor.api.cart.CartEvent.CartItemPut;
import dev.kontor.api.cart.CartEvent.CartItemRemoved;
import dev.kontor.api.cart.CartEvent.CartReopened;
import dev.kontor.api.cart.CartEvent.CheckoutCompleted;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.cart.Checkout;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.platform.Scenario;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CartTest {

    private static final CustomerId ANNA = new CustomerId("0197a3c2-0000-7000-8000-000000000001");
    /** The order of the checkout that is the cart's second event. */
    private static final OrderId ORDER = OrderId.ofCheckout(ANNA, 1);

    private static final OrderId OTHER_ORDER = OrderId.mint();
    private static final CheckOutCart CHECK_OUT = new CheckOutCart(ANNA, 5L);
    private static final CompleteCheckout COMPLETE = new CompleteCheckout(ANNA, ORDER);

    private final Scenario<Cart> cart = Scenario.of(Cart.class);

    private static PutCartItem putting(ProductId product, long quantity) {
        return new PutCartItem(ANNA, product, new Quantity(quantity));
    }

    private static CartItemPut put(ProductId product, long quantity) {
        return new CartItemPut(ANNA, product, new Quantity(quantity));
    }

    private static CartItemRemoved removed(ProductId product) {
        return new CartItemRemoved(ANNA, product);
    }

    private static CartLine line(ProductId product, long quantity) {
        return new CartLine(product, new Quantity(quantity));
    }

    private static CartCheckedOut checkedOut(CartLine... lines) {
        return new CartCheckedOut(ANNA, ORDER, List.of(lines));
    }

    private static CheckoutCompleted completed(CartLine... remaining) {
        return new CheckoutCompleted(ANNA, ORDER, List.of(remaining));
    }

    private static List<CartItemPut> fullCart() {
        return Stream.generate(ProductId::mint)
                .limit(CartCommand.MOST_LINES)
                .map(product -> put(product, 1))
                .toList();
    }

    @Test
    void the_first_item_makes_the_cart() {
        cart.when(putting(LAMP, 2)).then(put(LAMP, 2));
    }

    @Test
    void an_item_put_again_has_the_quantity_put_last() {
        cart.given(put(LAMP, 2)).when(putting(LAMP, 5)).then(put(LAMP, 5)).answering(1L);
    }

    @Test
    void an_item_put_as_it_is_changes_nothing() {
        cart.given(put(LAMP, 1_000)).when(putting(LAMP, 1_000)).thenNothing().answering(0L);
    }

    @Test
    void a_cart_holds_100_lines_and_no_more() {
        List<CartItemPut> full = fullCart();

        Scenario.of(Cart.class)
                .given(full.subList(0, 99))
                .when(putting(LAMP, 1))
                .then(put(LAMP, 1));
        Scenario.of(Cart.class).given(full).when(putting(LAMP, 1)).thenRefused(new Refusal.CartFull(100));
    }

    @Test
    void a_line_of_a_full_cart_still_changes() {
        List<CartItemPut> full = fullCart();
        ProductId first = full.getFirst().productId();

        cart.given(full).when(putting(first, 7)).then(put(first, 7));
    }

    @Test
    void a_removed_line_makes_space_for_another() {
        List<CartItemPut> full = fullCart();

        cart.given(full)
                .given(removed(full.getFirst().productId()))
                .when(putting(LAMP, 1))
                .then(put(LAMP, 1));
    }

    @Test
    void an_item_is_removed_once() {
        cart.given(put(LAMP, 2))
                .when(new RemoveCartItem(ANNA, LAMP))
                .then(removed(LAMP))
                .answering(1L);
        Scenario.of(Cart.class)
                .given(put(LAMP, 2), removed(LAMP))
                .when(new RemoveCartItem(ANNA, LAMP))
                .thenNothing()
                .answering(1L);
    }

    @Test
    void a_cart_is_cleared_once() {
        cart.given(put(LAMP, 2), put(DESK, 1)).when(new ClearCart(ANNA)).then(new CartCleared(ANNA));
        Scenario.of(Cart.class)
                .given(put(LAMP, 2), new CartCleared(ANNA))
                .when(new ClearCart(ANNA))
                .thenNothing()
                .answering(1L);
    }

    @Test
    void a_checkout_takes_the_lines_of_the_cart() {
        OrderId order = OrderId.ofCheckout(ANNA, 2);

        cart.given(put(LAMP, 2), put(DESK, 1))
                .when(CHECK_OUT)
                .then(new CartCheckedOut(ANNA, order, List.of(line(LAMP, 2), line(DESK, 1))))
                .answering(new Checkout(order, 2));
    }

    @Test
    void an_empty_cart_is_not_checked_out() {
        cart.given(put(LAMP, 2), removed(LAMP)).when(CHECK_OUT).thenRefused(new Refusal.CartEmpty());
    }

    @Test
    void more_units_than_the_customer_may_order_are_not_checked_out() {
        cart.given(put(LAMP, 4), put(DESK, 2)).when(CHECK_OUT).thenRefused(new Refusal.TooManyOpenOrders(6, 5));
    }

    @Test
    void a_process_that_knows_of_no_bound_sets_none() {
        OrderId order = OrderId.ofCheckout(ANNA, 1);

        cart.given(put(LAMP, 1_000_000))
                .when(new CheckOutCart(ANNA, null))
                .then(new CartCheckedOut(ANNA, order, List.of(line(LAMP, 1_000_000))));
    }

    @Test
    void a_second_checkout_answers_with_the_same_order_though_nothing_more_may_be_ordered() {
        cart.given(put(LAMP, 2), checkedOut(line(LAMP, 2)))
                .when(new CheckOutCart(ANNA, 0L))
                .thenNothing()
                .answering(new Checkout(ORDER, 1));
    }

    @Test
    void a_second_checkout_meanwhile_answers_with_the_same_order() {
        cart.given(put(LAMP, 2), checkedOut(line(LAMP, 2)))
                .when(CHECK_OUT)
                .thenNothing()
                .answering(new Checkout(ORDER, 1));
    }

    @Test
    void a_second_checkout_answers_with_the_same_order_though_the_cart_has_changed() {
        cart.given(put(LAMP, 2), checkedOut(line(LAMP, 2)), new CartCleared(ANNA), put(DESK, 1))
                .when(CHECK_OUT)
                .thenNothing()
                .answering(new Checkout(ORDER, 1));
    }

    @Test
    void ordered_lines_leave_the_cart() {
        cart.given(put(LAMP, 2), checkedOut(line(LAMP, 2)))
                .when(COMPLETE)
                .then(completed())
                .answering(2L);
    }

    @Test
    void items_added_during_a_checkout_stay() {
        cart.given(put(LAMP, 2), checkedOut(line(LAMP, 2)), put(DESK, 1))
                .when(COMPLETE)
                .then(completed(line(DESK, 1)));
    }

    @Test
    void of_what_is_put_again_during_a_checkout_the_difference_stays() {
        cart.given(put(LAMP, 2), checkedOut(line(LAMP, 2)), put(LAMP, 5))
                .when(COMPLETE)
                .then(completed(line(LAMP, 3)));
    }

    @Test
    void of_what_is_put_with_less_during_a_checkout_nothing_stays() {
        cart.given(put(LAMP, 5), checkedOut(line(LAMP, 5)), put(LAMP, 2))
                .when(COMPLETE)
                .then(completed());
    }

    @Test
    void items_removed_during_a_checkout_are_gone_and_those_added_afterwards_stay() {
        cart.given(put(LAMP, 2), checkedOut(line(LAMP, 2)), removed(LAMP))
                .when(COMPLETE)
                .then(completed());
        Scenario.of(Cart.class)
                .given(put(LAMP, 2), checkedOut(line(LAMP, 2)), removed(LAMP), put(LAMP, 2))
                .when(COMPLETE)
                .then(completed(line(LAMP, 2)));
    }

    @Test
    void items_added_to_a_cart_cleared_during_a_checkout_stay() {
        cart.given(put(LAMP, 2), checkedOut(line(LAMP, 2)), new CartCleared(ANNA), put(LAMP, 4))
                .when(COMPLETE)
                .then(completed(line(LAMP, 4)));
    }

    @Test
    void a_query_for_an_open_checkout_changes_nothing() {
        cart.given(put(LAMP, 2), checkedOut(line(LAMP, 2)))
                .when(new RecallCheckout(ANNA, ORDER))
                .thenNothing()
                .answering(true);
        Scenario.of(Cart.class)
                .given(put(LAMP, 2), checkedOut(line(LAMP, 2)), completed())
                .when(new RecallCheckout(ANNA, ORDER))
                .thenNothing()
                .answering(false);
    }

    static List<CartCommand> endsOfAnotherOrder() {
        return List.of(new CompleteCheckout(ANNA, OTHER_ORDER), new ReopenCart(ANNA, OTHER_ORDER));
    }

    @ParameterizedTest
    @MethodSource("endsOfAnotherOrder")
    void the_outcome_of_another_order_does_not_concern_the_cart(CartCommand end) {
        cart.given(put(LAMP, 2), checkedOut(line(LAMP, 2)))
                .when(end)
                .thenNothing()
                .answering(1L);
    }

    static List<CartCommand> ends() {
        return List.of(COMPLETE, new ReopenCart(ANNA, ORDER));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void a_checkout_ends_once(CartCommand end) {
        cart.given(put(LAMP, 2), checkedOut(line(LAMP, 2)), completed())
                .when(end)
                .thenNothing();
        Scenario.of(Cart.class)
                .given(put(LAMP, 2), checkedOut(line(LAMP, 2)), new CartReopened(ANNA, ORDER))
                .when(end)
                .thenNothing();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void a_checkout_that_never_began_does_not_end(CartCommand end) {
        cart.given(put(LAMP, 2)).when(end).thenNothing();
    }

    @Test
    void a_cart_is_reopened_as_it_is() {
        cart.given(put(LAMP, 2), checkedOut(line(LAMP, 2)))
                .when(new ReopenCart(ANNA, ORDER))
                .then(new CartReopened(ANNA, ORDER))
                .answering(2L);
    }

    @Test
    void a_reopened_cart_is_checked_out_as_another_order() {
        OrderId second = OrderId.ofCheckout(ANNA, 3);

        cart.given(put(LAMP, 2), checkedOut(line(LAMP, 2)), new CartReopened(ANNA, ORDER))
                .when(CHECK_OUT)
                .then(new CartCheckedOut(ANNA, second, List.of(line(LAMP, 2))))
                .answering(new Checkout(second, 3));
    }

    @Test
    void the_lines_of_a_failed_checkout_do_not_leave_with_the_next() {
        OrderId second = OrderId.ofCheckout(ANNA, 5);

        cart.given(put(LAMP, 2), checkedOut(line(LAMP, 2)), new CartReopened(ANNA, ORDER), removed(LAMP))
                .given(put(DESK, 1), new CartCheckedOut(ANNA, second, List.of(line(DESK, 1))), put(LAMP, 2))
                .when(new CompleteCheckout(ANNA, second))
                .then(new CheckoutCompleted(ANNA, second, List.of(line(LAMP, 2))));
    }

    @Test
    void after_a_checkout_the_cart_holds_the_remaining_lines() {
        OrderId second = OrderId.ofCheckout(ANNA, 4);

        cart.given(put(LAMP, 2), checkedOut(line(LAMP, 2)), put(DESK, 1), completed(line(DESK, 1)))
                .when(CHECK_OUT)
                .then(new CartCheckedOut(ANNA, second, List.of(line(DESK, 1))));
    }

    static List<CartCommand> commandsToNoCart() {
        return List.of(new RemoveCartItem(ANNA, LAMP), new ClearCart(ANNA), CHECK_OUT);
    }

    @ParameterizedTest
    @MethodSource("commandsToNoCart")
    void a_cart_that_never_held_an_item_is_unknown(CartCommand command) {
        cart.when(command).thenUnknown();
    }

    @Test
    void a_change_of_a_cart_that_has_changed_is_refused() {
        Precondition old = new Precondition(List.of(0L));
        for (CartCommand command : List.of(
                new PutCartItem(ANNA, LAMP, new Quantity(2), old),
                new RemoveCartItem(ANNA, LAMP, old),
                new ClearCart(ANNA, old),
                new CheckOutCart(ANNA, 5L, old))) {
            Scenario.of(Cart.class)
                    .given(put(LAMP, 2), put(DESK, 1))
                    .when(command)
                    .thenRefused(new Refusal.PreconditionFailed(1));
        }
        cart.given(put(LAMP, 2))
                .when(new RemoveCartItem(ANNA, LAMP, old))
                .then(removed(LAMP))
                .answering(1L);
    }

    @Test
    void a_cart_that_never_held_an_item_has_the_version_before_the_first() {
        cart.when(new PutCartItem(ANNA, LAMP, new Quantity(2), new Precondition(List.of(-1L))))
                .then(put(LAMP, 2));
        Scenario.of(Cart.class)
                .when(new PutCartItem(ANNA, LAMP, new Quantity(2), new Precondition(List.of(0L))))
                .thenRefused(new Refusal.PreconditionFailed(-1));
    }
}
