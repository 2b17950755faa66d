package dev.kontor.api.storage;

import dev.kontor.api.order.OrderCancelledNamesWho;
import dev.kontor.api.platform.OneRevisionUp;
import java.util.List;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/** The upcasters of all events. Code that reads a log with Axon's serializers needs the chain. */
public final class Upcasters {

    /** In the order of their revisions. */
    public static final List<OneRevisionUp> ALL = List.of(new OrderCancelledNamesWho());

    private Upcasters() {}

    public static EventUpcasterChain chain() {
        return new EventUpcasterChain(ALL);
    }
}
