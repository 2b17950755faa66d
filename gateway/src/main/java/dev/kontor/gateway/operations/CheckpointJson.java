package dev.kontor.gateway.operations;

import dev.kontor.proto.operations.Checkpoint;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A copy of the log on the machine that keeps it.
 *
 * @param folder where; whoever asked for it removes it
 * @param events how many are in it
 */
@Schema(name = "Checkpoint")
record CheckpointJson(String folder, long events) {

    static CheckpointJson of(Checkpoint checkpoint) {
        return new CheckpointJson(checkpoint.getFolder(), checkpoint.getEvents());
    }
}
