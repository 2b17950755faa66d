package dev.kontor.api.request;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Commands of a request with an idempotency key.
 *
 * <p>Each has the fingerprint of the request. A key that stands for another request is refused with {@code KeyReused}.
 */
public sealed interface KeyedRequestCommand {

    KeyedRequestId requestId();

    String fingerprint();

    /**
     * Records that the request has its effect; returns true. Refused with {@code RequestRepeated} if it had before.
     *
     * @param operation the name of the call
     * @param subject the id that the answer names; empty if there is none
     * @param result of the command, as JSON; empty if it is not needed for the answer
     */
    record ExecuteRequest(
            @TargetAggregateIdentifier KeyedRequestId requestId,
            String operation,
            String fingerprint,
            String subject,
            String result)
            implements KeyedRequestCommand {}

    /** Changes nothing; returns a {@link KeyedRequestState}. */
    record RecallRequest(@TargetAggregateIdentifier KeyedRequestId requestId, String fingerprint)
            implements KeyedRequestCommand {}

    /** Keeps the answer, unless there is one; returns the {@link KeptAnswer} that is kept afterwards. */
    record KeepAnswer(@TargetAggregateIdentifier KeyedRequestId requestId, String fingerprint, KeptAnswer answer)
            implements KeyedRequestCommand {}
}
