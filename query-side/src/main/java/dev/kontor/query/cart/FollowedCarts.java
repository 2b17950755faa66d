package dev.kontor.query.cart;

import dev.kontor.api.cart.CartEvent;
import dev.kontor.query.platform.FollowedLog;
import dev.kontor.query.platform.Watches;
import dev.kontor.side.platform.SpringProfiles;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Tells the streams of this process which versions of carts are in the log. */
@Component
@ProcessingGroup(FollowedLog.GROUP)
@Profile(SpringProfiles.DISTRIBUTED)
class FollowedCarts {

    private final Watches watches;

    FollowedCarts(Watches watches) {
        this.watches = watches;
    }

    @EventHandler
    void on(CartEvent event, @SequenceNumber long version) {
        watches.logged(CartDocument.CARTS, event.customerId().value(), version);
    }
}
