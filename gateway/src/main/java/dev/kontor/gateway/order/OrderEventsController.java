package dev.kontor.gateway.order;

import dev.kontor.gateway.platform.AnswersEvents;
import dev.kontor.gateway.platform.EventStreams;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
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
    @AnswersEvents
    @ApiResponse(
            responseCode = "204",
            description = "The order has ended, and the client has seen its end: do not come back",
            content = @Content)
    void events(
            @PathVariable String id,
            @Parameter(description = "The id of the last event that the client has seen")
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        streams.answer(request, response, WatchedOrder.of(id, EventStreams.known(lastEventId)));
    }
}
