package dev.kontor.api.order;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.platform.PageAfter;
import dev.kontor.api.platform.Wait;
import java.util.List;

/** What can be asked about orders, and the answers. */
public sealed interface OrderQuery {

    /**
     * Answers a {@link Shown}.
     *
     * @param viewer for whom the order must be theirs, or hold a line of theirs, to be found at all; null for everybody's
     * @param untilSettled also wait until it is decided and the stock it took or gave back shows in the catalog
     */
    record FindOrder(OrderId orderId, CustomerId viewer, Wait until, boolean untilSettled) implements OrderQuery {}

    /**
     * Answers a {@link Page}, newest first.
     *
     * @param owner whose, null where the scope is everybody
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
     * @param order null where there is none, or none that the viewer may see
     * @param fresh whether what was waited for shows
     */
    record Shown(OrderView order, boolean fresh) {}

    /** @param next null on the last page */
    record Page(List<OrderView> orders, PageAfter next) {

        public Page {
            orders = List.copyOf(orders);
        }
    }
}
