package dev.kontor.query.order;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.query.platform.PageAfter;
import dev.kontor.query.platform.Wait;
import java.util.List;

sealed interface OrderQuery {

    /**
     * Returns a {@link Shown}.
     *
     * @param viewer finds only orders that this customer placed, or that hold a line this customer sells; null for all
     * @param untilSettled also wait until it is decided and the catalog shows the stock it took or returned
     */
    record FindOrder(OrderId orderId, CustomerId viewer, Wait until, boolean untilSettled) implements OrderQuery {}

    /**
     * Returns a {@link Page}, newest first.
     *
     * @param owner the customer or seller, null for {@link Scope} all
     * @param status null for every status
     * @param after null for the first page
     */
    record ListOrders(Scope scope, CustomerId owner, OrderStatus status, int size, PageAfter after)
            implements OrderQuery {}

    /** Whose orders: placed by a customer, holding a line sold by one, or all. */
    enum Scope {
        OWN,
        SALES,
        ALL
    }

    /**
     * @param order null if it does not exist, or the viewer may not see it
     * @param fresh whether the views show what the query waited for
     */
    record Shown(OrderDocument order, boolean fresh) {}

    /** @param next null on the last page */
    record Page(List<OrderDocument> orders, PageAfter next) {

        public Page {
            orders = List.copyOf(orders);
        }
    }
}
