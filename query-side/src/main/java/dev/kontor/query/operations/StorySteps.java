package dev.kontor.query.operations;

import dev.kontor.proto.operations.Story;
import dev.kontor.proto.operations.StoryStep;
import dev.kontor.proto.operations.StoryStep.Kind;
import dev.kontor.side.operations.LoggedEvents;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;

/** A story as a message of the gRPC API. */
final class StorySteps {

    private StorySteps() {}

    static Story of(Stories.Story story) {
        Story.Builder told = Story.newBuilder().setComplete(story.complete());
        Map<String, Instant> begins = new HashMap<>();
        for (EventMessage<?> event : story.events()) {
            String request = LoggedEvents.requestOf(event);
            Instant at = event.getTimestamp();
            Instant begin = request.isEmpty() ? at : begins.computeIfAbsent(request, first -> at);
            told.addSteps(StoryStep.newBuilder()
                    .setEvent(LoggedEvents.masked(event))
                    .setKind(kindOf(LoggedEvents.typeOf(event)))
                    .setAfterMicros(LoggedEvents.microsOf(at) - LoggedEvents.microsOf(begin)));
        }
        return told.build();
    }

    private static Kind kindOf(String type) {
        return switch (type) {
            case "catalog.StockReserved", "catalog.StockCommitted", "cart.CheckoutCompleted" -> Kind.SAGA;
            case "catalog.StockReservationRefused" -> Kind.REFUSAL;
            case "order.OrderConfirmed", "order.OrderRejected" -> Kind.DECISION;
            case "catalog.StockReleased", "order.OrderStockReturned", "cart.CartReopened" -> Kind.COMPENSATION;
            default -> Kind.CHANGE;
        };
    }
}
