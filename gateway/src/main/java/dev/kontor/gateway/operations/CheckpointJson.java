package dev.kontor.gateway.operations;

import dev.kontor.proto.operations.Checkpoint;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A copy of the log on the machine that keeps it.
 *
 * @param folder on that machine; the caller has to remove it
 * @param events number of events in the copy
 */
@Schema(name = "Checkpoint")
record CheckpointJson(String folder, long events) {

    static CheckpointJson of(Checkpoint checkpoint) {
        return new CheckpointJson(checkpoint.getFolder(), checkpoint.getEvents());
    }
}
