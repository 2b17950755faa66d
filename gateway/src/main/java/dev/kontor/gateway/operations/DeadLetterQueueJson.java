package dev.kontor.gateway.operations;

import dev.kontor.proto.operations.DeadLetterQueue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * The dead letters of one event processor or saga.
 *
 * @param queue the name of the view, of the processor or of the saga
 * @param sequences at most 1,024, of at most 1,024 letters each
 * @param alarm whether half of a bound is reached
 * @param groups the 100 largest
 */
@Schema(name = "DeadLetterQueue")
record DeadLetterQueueJson(String queue, long letters, int sequences, boolean alarm, List<GroupJson> groups) {

    /**
     * Sequences whose first letter has the same exception at the same place.
     *
     * @param exception its type
     * @param frame the first place in Kontor's own code
     */
    @Schema(name = "DeadLetterGroup")
    record GroupJson(String group, String exception, String frame, int sequences) {}

    static DeadLetterQueueJson of(DeadLetterQueue queue) {
        return new DeadLetterQueueJson(
                queue.getName(),
                queue.getLetters(),
                queue.getSequences(),
                queue.getAlarm(),
                queue.getGroupsList().stream()
                        .map(group -> new GroupJson(
                                group.getFingerprint(), group.getType(), group.getFrame(), group.getSequences()))
                        .toList());
    }
}
