package dev.kontor.query.order;

import dev.kontor.api.order.OrderEvent;
import dev.kontor.query.platform.FollowedLog;
import dev.kontor.query.platform.Watches;
import dev.kontor.side.platform.SpringProfiles;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Tells the streams of this process which versions of orders are in the log. Reads no content of events. */
@Component
@ProcessingGroup(FollowedLog.GROUP)
@Profile(SpringProfiles.DISTRIBUTED)
class FollowedOrders {

    private final Watches watches;

    FollowedOrders(Watches watches) {
        this.watches = watches;
    }

    @EventHandler(payloadType = OrderEvent.class)
    void on(DomainEventMessage<?> event) {
        watches.logged(OrderDocument.ORDERS, event.getAggregateIdentifier(), event.getSequenceNumber());
    }
}
