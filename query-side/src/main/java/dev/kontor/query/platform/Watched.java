package dev.kontor.query.platform;

import dev.kontor.grpc.platform.RefusedException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A document that a stream shows.
 *
 * @param type of the document whose writes change what is shown
 * @param id of that document
 * @param aggregateId of its aggregate in the log
 * @param read reads what is to be shown now; empty if it does not exist, or the caller may not see it
 * @param nothingNewer the message for a caller that knows the newest version already
 * @param missing the refusal if it does not exist
 */
public record Watched<A>(
        DocumentType<?> type,
        String id,
        String aggregateId,
        Supplier<Optional<State<A>>> read,
        A nothingNewer,
        RefusedException missing) {

    /**
     * What is shown of one version.
     *
     * @param isLast whether the stream ends with it
     */
    public record State<A>(long version, boolean isLast, Supplier<A> message) {}
}
