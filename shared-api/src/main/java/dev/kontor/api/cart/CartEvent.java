package dev.kontor.api.cart;

import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.platform.DescribedAs;
import java.util.List;
import org.axonframework.serialization.Revision;

public sealed interface CartEvent {

    CustomerId customerId();

    @Revision("1")
    @DescribedAs("The cart holds this quantity of a product.")
    record CartItemPut(CustomerId customerId, ProductId productId, Quantity quantity) implements CartEvent {}

    @Revision("1")
    @DescribedAs("A product was removed from the cart.")
    record CartItemRemoved(CustomerId customerId, ProductId productId) implements CartEvent {}

    @Revision("1")
    @DescribedAs("The cart was emptied.")
    record CartCleared(CustomerId customerId) implements CartEvent {}

    @Revision("1")
    @DescribedAs("The lines of a guest's cart were added. `lines` has the quantity of each product that changed, "
            + "`leftOut` what was not added and why.")
    record CartMerged(
            CustomerId customerId, String mergeId, String fingerprint, List<CartLine> lines, List<LeftOutLine> leftOut)
            implements CartEvent {}

    @Revision("1")
    @DescribedAs("A checkout began, with the lines that the cart holds now. They stay in the cart until the order "
            + "is confirmed.")
    record CartCheckedOut(CustomerId customerId, OrderId orderId, List<CartLine> lines) implements CartEvent {}

    @Revision("1")
    @DescribedAs("The order of a checkout was confirmed, and its lines were removed from the cart. `remaining` is "
            + "the whole cart now.")
    record CheckoutCompleted(CustomerId customerId, OrderId orderId, List<CartLine> remaining) implements CartEvent {}

    @Revision("1")
    @DescribedAs("The order of a checkout was rejected or cancelled, or could not be placed; the cart can be "
            + "checked out again.")
    record CartReopened(CustomerId customerId, OrderId orderId) implements CartEvent {}
}
