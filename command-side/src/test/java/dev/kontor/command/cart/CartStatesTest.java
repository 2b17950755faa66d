package dev.kontor.command.cart;

import static dev.kontor.command.catalog.Products.DESK;
import static dev.kontor.command.catalog.Products.LAMP;

import dev.kontor.api.cart.CartCommand;
import dev.kontor.api.cart.CartCommand.CheckOutCart;
import dev.kontor.api.cart.CartCommand.ClearCart;
import dev.kontor.api.cart.CartCommand.CompleteCheckout;
import dev.kontor.api.cart.CartCommand.MergeCart;
import dev.kontor.api.cart.CartCommand.PutCartItem;
import dev.kontor.api.cart.CartCommand.RecallCheckout;
import dev.kontor.api.cart.CartCommand.RemoveCartItem;
import dev.kontor.api.cart.CartCommand.ReopenCart;
import dev.kontor.api.cart.CartEvent.CartCheckedOut;
import dev.kontor.api.cart.CartEvent.CartCleared;
import dev.kontor.api.cart.CartEvent.CartItemPut;
import dev.kontor.api.cart.CartEvent.CartMerged;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.platform.StateTable;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CartStatesTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final OrderId ORDER = OrderId.ofCheckout(ANNA, 1);
    private static final Quantity TWO = new Quantity(2);
    private static final CartItemPut PUT = new CartItemPut(ANNA, LAMP, TWO);
    private static final CartCheckedOut CHECKED_OUT = new CartCheckedOut(ANNA, ORDER, List.of(new CartLine(LAMP, TWO)));

    private static final CartMerged MERGED =
            new CartMerged(ANNA, "first", "f", List.of(new CartLine(LAMP, TWO)), List.of());

    private static MergeCart merge(String id) {
        return new MergeCart(ANNA, id, "f", List.of(new CartLine(LAMP, TWO)), List.of());
    }

    @Test
    void the_states_of_a_cart_are_on_the_page() throws IOException {
        Object[] full = Stream.concat(Stream.of(LAMP), Stream.generate(ProductId::mint))
                .limit(CartCommand.MOST_LINES)
                .map(product -> new CartItemPut(ANNA, product, TWO))
                .toArray();
        StateTable.of("Cart", Cart.class)
                .state("(none)")
                .state("empty", PUT, new CartCleared(ANNA))
                .state("has items", PUT)
                .state("has 100 lines", full)
                .state("was merged", MERGED)
                .state("checked out", PUT, CHECKED_OUT)
                .state("checked out, then emptied", PUT, CHECKED_OUT, new CartCleared(ANNA))
                .row("a further product", new PutCartItem(ANNA, DESK, TWO))
                .row("a product as it is there", new PutCartItem(ANNA, LAMP, TWO))
                .row("another quantity", new PutCartItem(ANNA, LAMP, new Quantity(3)))
                .row("a product that is there", merge("another"))
                .row("a repeat", merge("first"))
                .row("a repeat with other lines", new MergeCart(ANNA, "first", "other", List.of(), List.of()))
                .row(new RemoveCartItem(ANNA, LAMP))
                .row(new ClearCart(ANNA))
                .row(new CheckOutCart(ANNA, null))
                .row("more units than the customer may order", new CheckOutCart(ANNA, 1L))
                .row(new RecallCheckout(ANNA, ORDER))
                .row(new CompleteCheckout(ANNA, ORDER))
                .row("of another checkout", new CompleteCheckout(ANNA, OrderId.mint()))
                .row(new ReopenCart(ANNA, ORDER))
                .row("of another checkout", new ReopenCart(ANNA, OrderId.mint()))
                .isOnThePage(CartCommand.class);
    }
}
