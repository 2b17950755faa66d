package dev.kontor.gateway.operations;

import dev.kontor.proto.operations.AggregateState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/**
 * The state of an aggregate.
 *
 * @param version the sequence number of the last event that counts
 * @param time of that event
 * @param type of that event
 * @param state the fields of the aggregate, as the command side keeps them; `***` in the place of what is masked
 * @param masked whether something in the state is masked
 */
@Schema(name = "AggregateState")
record AggregateJson(
        String aggregateType,
        String aggregateId,
        long version,
        Instant time,
        String type,
        Map<String, Object> state,
        boolean masked) {

    static AggregateJson of(AggregateState state) {
        return new AggregateJson(
                state.getAggregateType(),
                state.getAggregateId(),
                state.getVersion(),
                LogTimes.of(state.getTimeMicros()),
                state.getType(),
                EventJson.PAYLOADS.readValue(state.getState(), new TypeReference<>() {}),
                state.getMasked());
    }
}
