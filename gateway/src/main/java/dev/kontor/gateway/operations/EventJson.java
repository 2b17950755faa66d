package dev.kontor.gateway.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.proto.operations.LoggedEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event of the log.
 *
 * @param position in the log, from 0; absent if the event was looked up by its aggregate
 * @param sequence of the event in its aggregate, from 0
 * @param requestId of the request that led to the event; absent if none did
 * @param actor who sent that request: a customer's id, or `operator`; absent if no one did
 * @param payload as docs/events.md describes it; `***` in the place of what is masked
 * @param masked whether something in the payload is masked
 * @param unknownType true if a newer version wrote the event: this one does not know its type, and shows no payload
 */
@Schema(name = "LoggedEvent")
record EventJson(
        @JsonInclude(JsonInclude.Include.NON_NULL) Long position,
        String id,
        Instant time,
        String type,
        String aggregateType,
        String aggregateId,
        long sequence,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String requestId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String actor,
        Map<String, Object> payload,
        boolean masked,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean unknownType) {

    static final JsonMapper PAYLOADS = new JsonMapper();

    static EventJson of(LoggedEvent event) {
        return new EventJson(
                event.hasPosition() ? event.getPosition() : null,
                event.getId(),
                LogTimes.of(event.getTimeMicros()),
                event.getType(),
                event.getAggregateType(),
                event.getAggregateId(),
                event.getSequence(),
                event.getRequestId(),
                event.getActor(),
                PAYLOADS.readValue(event.getPayload(), new TypeReference<>() {}),
                event.getMasked(),
                event.getUnknownType());
    }
}
