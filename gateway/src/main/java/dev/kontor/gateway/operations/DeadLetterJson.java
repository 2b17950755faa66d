package dev.kontor.gateway.operations;

import dev.kontor.proto.operations.DeadLetter;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The first letter of a sequence: an event that could not be handled.
 *
 * @param queue the name of the view, of the processor or of the saga
 * @param sequence the id of the aggregate, or of the order
 * @param letters of the sequence, this one included
 * @param position of the event in the log
 * @param event as JSON, its personal data masked
 * @param cause null for a letter that was not tried
 * @param attempts that failed
 */
@Schema(name = "DeadLetter")
record DeadLetterJson(
        String queue,
        String sequence,
        int letters,
        long position,
        String eventType,
        String event,
        String eventAt,
        @Schema(types = {"object", "null"}) CauseJson cause,
        int attempts,
        String putAsideAt,
        String triedAt) {

    /**
     * @param group letters with the same exception at the same place have the same one
     * @param exception its type
     * @param reason its message, without what may be personal data
     * @param frame the first place in Kontor's own code
     */
    @Schema(name = "DeadLetterCause")
    record CauseJson(String group, String exception, String reason, String frame) {}

    static DeadLetterJson of(DeadLetter letter) {
        return new DeadLetterJson(
                letter.getQueue(),
                letter.getSequence(),
                letter.getLetters(),
                letter.getPosition(),
                letter.getEventType(),
                letter.getEvent(),
                letter.getEventAt(),
                letter.getCauseType().isEmpty()
                        ? null
                        : new CauseJson(
                                letter.getFingerprint(),
                                letter.getCauseType(),
                                letter.getCauseMessage(),
                                letter.getFrame()),
                letter.getAttempts(),
                letter.getPutAsideAt(),
                letter.getTriedAt());
    }
}
