package dev.kontor.gateway.cart;

import dev.kontor.gateway.platform.AnswersEvents;
import dev.kontor.gateway.platform.EventStreams;
import dev.kontor.gateway.platform.LiveEvent;
import dev.kontor.gateway.platform.Watched;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.WatchCartRequest;
import dev.kontor.proto.cart.WatchCartResponse;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "cart")
class CartEventsController {

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String SEEN = "The id of the last event that the client has seen";

    private final EventStreams streams;

    CartEventsController(EventStreams streams) {
        this.streams = streams;
    }

    @GetMapping(path = "/cart/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "watchCart",
            summary = "Watch one's own cart, by server-sent events",
            description = "An event `cart` for the cart as it is, and for each change of its content: its data is the"
                    + " cart as `GET /api/v1/cart` answers it, its id the cart's version. A change of a product's price"
                    + " alone sends no event. A slow client gets the newest state only. The stream ends when the token"
                    + " expires or is revoked. A client that comes back with `Last-Event-ID` gets the newest state if"
                    + " it has not seen it.")
    @AnswersEvents
    void own(
            @Parameter(description = SEEN) @RequestHeader(name = LAST_EVENT_ID, required = false) String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        answer(CartOwner.OWN, lastEventId, request, response);
    }

    @GetMapping(path = "/customers/{id}/cart/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "watchCustomerCart",
            summary = "For admins: watch a customer's cart, by server-sent events",
            description = "As `GET /api/v1/cart/events`.")
    @AnswersEvents
    void customers(
            @PathVariable String id,
            @Parameter(description = SEEN) @RequestHeader(name = LAST_EVENT_ID, required = false) String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        answer(CartOwner.customers(id), lastEventId, request, response);
    }

    private void answer(CartOwner whose, String lastEventId, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        WatchCartRequest.Builder watched = WatchCartRequest.newBuilder().setCustomerId(whose.customerId());
        EventStreams.known(lastEventId).ifPresent(watched::setKnownVersion);
        streams.answer(
                request,
                response,
                new Watched<>(CartQueriesGrpc.getWatchCartMethod(), watched.build(), CartEventsController::event));
    }

    private static LiveEvent event(WatchCartResponse message) {
        return message.hasCart()
                ? new LiveEvent("cart", message.getCart().getVersion(), CartJson.of(message.getCart()))
                : null;
    }
}
