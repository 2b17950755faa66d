package dev.kontor.gateway.operations;

import dev.kontor.gateway.platform.AnswersEvents;
import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.EventStreams;
import dev.kontor.gateway.platform.LiveEvent;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.RequiredValues;
import dev.kontor.gateway.platform.TakesKey;
import dev.kontor.gateway.platform.Watched;
import dev.kontor.proto.operations.EventFilter;
import dev.kontor.proto.operations.EventLogGrpc;
import dev.kontor.proto.operations.EventLogGrpc.EventLogBlockingStub;
import dev.kontor.proto.operations.FollowEventsRequest;
import dev.kontor.proto.operations.FollowEventsResponse;
import dev.kontor.proto.operations.ListEventsRequest;
import dev.kontor.proto.operations.ListEventsResponse;
import dev.kontor.proto.operations.OperatorCommandsGrpc;
import dev.kontor.proto.operations.OperatorCommandsGrpc.OperatorCommandsBlockingStub;
import dev.kontor.proto.operations.UnmaskEventRequest;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.OptionalLong;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/events")
@Tag(name = "operations", description = "For admins: the log, the views and their rebuilds")
class EventController {

    private final EventLogBlockingStub log;
    private final OperatorCommandsBlockingStub operators;
    private final EventStreams streams;

    EventController(
            @QuerySideChannel Channel querySide, @CommandSideChannel Channel commandSide, EventStreams streams) {
        this.log = EventLogGrpc.newBlockingStub(querySide);
        this.operators = OperatorCommandsGrpc.newBlockingStub(commandSide);
        this.streams = streams;
    }

    @GetMapping
    @Operation(
            operationId = "listEvents",
            summary = "Search the events of the log, newest first",
            description =
                    "Personal data is masked. Events of an aggregate and of a time are found by an index. For other"
                            + " filters an answer compares at most 10,000 events: it may have few items or none, and a"
                            + " `nextPageToken` that goes on.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    Page<EventJson> list(
            @RequestParam(defaultValue = "") String aggregate,
            @RequestParam(defaultValue = "") String type,
            @RequestParam(defaultValue = "") String request,
            @Parameter(description = "The first time, ISO 8601") @RequestParam(defaultValue = "") String from,
            @Parameter(description = "Behind the last time, ISO 8601") @RequestParam(defaultValue = "") String until,
            @Parameter(description = "The first position; not together with `aggregate`")
                    @RequestParam(required = false)
                    Long fromPosition,
            @Parameter(description = "Behind the last position; not together with `aggregate`")
                    @RequestParam(required = false)
                    Long untilPosition,
            @Parameter(description = "Which events are first") @RequestParam(defaultValue = "NEWEST") First first,
            @RequestParam(required = false) Integer pageSize,
            @RequestParam(required = false) String pageToken) {
        EventFilter.Builder filter = filter(aggregate, type, request);
        LogTimes.read("from", from, filter::setFromMicros);
        LogTimes.read("until", until, filter::setUntilMicros);
        if (fromPosition != null) {
            filter.setFromPosition(fromPosition);
        }
        if (untilPosition != null) {
            filter.setUntilPosition(untilPosition);
        }
        ListEventsResponse found = log.listEvents(ListEventsRequest.newBuilder()
                .setFilter(filter)
                .setOldestFirst(first == First.OLDEST)
                .setPage(Page.request(pageSize, pageToken))
                .build());
        return Page.of(found.getEventsList(), EventJson::of, found.getNextPageToken());
    }

    enum First {
        NEWEST,
        OLDEST
    }

    private static EventFilter.Builder filter(String aggregate, String type, String request) {
        return EventFilter.newBuilder().setAggregateId(aggregate).setType(type).setRequestId(request);
    }

    @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "followEvents",
            summary = "Follow the events of the log, by server-sent events",
            description =
                    "An event `event` for each event of the log from now on that meets the filter, in its order: its"
                            + " data is the event as `GET /api/v1/admin/events` answers it, its id the position in the log."
                            + " Nothing is left out for a slow client. The stream ends when the token expires or is revoked. A"
                            + " client that comes back with `Last-Event-ID` misses nothing and gets nothing twice.")
    @AnswersEvents
    void follow(
            @RequestParam(defaultValue = "") String aggregate,
            @RequestParam(defaultValue = "") String type,
            @RequestParam(defaultValue = "") String request,
            @Parameter(description = "The position of the last event that the client has seen")
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    String lastEventId,
            HttpServletRequest call,
            HttpServletResponse response)
            throws IOException {
        FollowEventsRequest.Builder followed =
                FollowEventsRequest.newBuilder().setFilter(filter(aggregate, type, request));
        OptionalLong known = EventStreams.known(lastEventId);
        known.ifPresent(followed::setKnownPosition);
        streams.answer(
                call,
                response,
                new Watched<>(EventLogGrpc.getFollowEventsMethod(), followed.build(), EventController::event));
    }

    private static LiveEvent event(FollowEventsResponse message) {
        return message.hasEvent()
                ? new LiveEvent("event", message.getEvent().getPosition(), EventJson.of(message.getEvent()))
                : null;
    }

    /** Takes no key: a kept answer would store the personal data. A repeat shows it again, and is recorded again. */
    @PostMapping("/unmask")
    @TakesKey(TakesKey.Use.NEVER)
    @Operation(
            operationId = "unmaskEvent",
            summary = "Show the personal data of an event, for a reason",
            description = "The log records who asked, for which event and why, in the stream of the aggregate"
                    + " `operators`, before the answer. E-mail, name and device are shown; passwords and kept answers"
                    + " never. What belongs to a customer who was erased is null.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "The log has no such event")
    @ApiResponse(responseCode = "409", description = "A newer version wrote the event")
    EventJson unmask(@RequestBody Unmasking unmasking) {
        return EventJson.of(operators.unmaskEvent(unmasking.toProto()));
    }

    /**
     * Which event to show, and why.
     *
     * @param sequence of the event in its aggregate
     * @param reason without personal data: it stays in the log in clear
     */
    @Schema(name = "Unmasking")
    record Unmasking(String aggregateId, Long sequence, String reason) {

        UnmaskEventRequest toProto() {
            new RequiredValues()
                    .value("aggregateId", aggregateId)
                    .value("sequence", sequence)
                    .value("reason", reason)
                    .orRefuse();
            return UnmaskEventRequest.newBuilder()
                    .setAggregateId(aggregateId)
                    .setSequence(sequence)
                    .setReason(reason)
                    .build();
        }
    }
}
