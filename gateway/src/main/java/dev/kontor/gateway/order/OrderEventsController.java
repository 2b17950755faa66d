package dev.kontor.gateway.order;

import dev.kontor.gateway.platform.EventStreams;
import dev.kontor.gateway.platform.LiveEvent;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.WatchOrderRequest;
import dev.kontor.proto.order.WatchOrderResponse;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
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
@RequestMapping("/api/v1/orders")
@Tag(name = "orders")
class OrderEventsController {

    private final EventStreams streams;

    OrderEventsController(EventStreams streams) {
        this.streams = streams;
    }

    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "watchOrder",
            summary = "Watch an order, by server-sent events",
            description = "An event `order` for the order as it is, and for each change: its data is the order as"
                    + " `GET /api/v1/orders/{id}` answers it, its id the order's version. A slow client gets the newest"
                    + " state only. The stream ends after the end of the order (delivered, cancelled or rejected), and"
                    + " when the token expires or is revoked. A client that comes back with `Last-Event-ID` gets what it"
                    + " has missed and nothing twice.")
    @ApiResponse(
            responseCode = "200",
            description = "The events, and a comment from time to time",
            headers =
                    @Header(
                            name = "X-Accel-Buffering",
                            description = "`no`: proxies should pass each event on at once",
                            required = true,
                            schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(type = "string", maxLength = 1_000_000_000)))
    @ApiResponse(
            responseCode = "204",
            description = "The order has ended, and the client has seen its end: do not come back",
            content = @Content)
    @ApiResponse(responseCode = "406", description = "The client does not accept `text/event-stream`")
    @ApiResponse(responseCode = "429", description = "Too many streams of one customer or address are open")
    void events(
            @PathVariable String id,
            @Parameter(description = "The id of the last event that the client has seen")
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        WatchOrderRequest.Builder watched = WatchOrderRequest.newBuilder().setOrderId(id);
        EventStreams.known(lastEventId).ifPresent(watched::setKnownVersion);
        streams.answer(
                request,
                response,
                OrderQueriesGrpc.getWatchOrderMethod(),
                watched.build(),
                OrderEventsController::event);
    }

    private static LiveEvent event(WatchOrderResponse message) {
        return message.hasOrder()
                ? new LiveEvent("order", message.getOrder().getVersion(), OrderJson.of(message.getOrder()))
                : null;
    }
}
