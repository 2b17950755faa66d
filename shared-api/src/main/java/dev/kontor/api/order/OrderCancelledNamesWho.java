package dev.kontor.api.order;

import dev.kontor.api.platform.OneRevisionUp;
import java.util.function.Supplier;
import org.axonframework.messaging.MetaData;
import tools.jackson.databind.node.ObjectNode;

/** Adds to {@code OrderCancelled} of revision 1 who cancelled, from the caller in its metadata. */
public final class OrderCancelledNamesWho extends OneRevisionUp {

    /** The metadata key of the caller, in every event that a call led to. */
    private static final String ACTOR = "actor";

    public OrderCancelledNamesWho() {
        super("order.OrderCancelled", 1);
    }

    @Override
    public String says() {
        return "`cancelledBy` is `CUSTOMER` where the metadata's `actor` is the order's customer, else `SHOP`.";
    }

    @Override
    protected void complete(ObjectNode event, Supplier<MetaData> metaData) {
        String customer = event.get("customerId").asString();
        boolean own = customer.equals(metaData.get().get(ACTOR));
        event.put("cancelledBy", (own ? CancelledBy.CUSTOMER : CancelledBy.SHOP).name());
    }
}
