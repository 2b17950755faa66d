package dev.kontor.query.operations;

import dev.kontor.side.platform.LetterPolicy;
import dev.kontor.side.platform.OwnedProcessor;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/** The event processor that feeds the other generation of one view, while it runs. */
final class OtherProcessor {

    private final Processors processors;
    private final TokenStore tokens;
    private final int segments;
    private final Starter starter;

    private OwnedProcessor running;
    /** The last position at which all segments were claimed: one that failed is not claimed for some time. */
    private long lastSeen;

    private volatile Failure failure;
    /** Whether its last batch is waited for: it takes no breaks then. */
    private volatile boolean stopping;

    /** @param position the number of events up to the one that failed, and with it */
    private record Failure(long position, String text) {}

    /** Starts the processor. */
    interface Starter {

        /** @param failed takes each event that cannot be handled, and why */
        OwnedProcessor start(IntSupplier share, BiConsumer<EventMessage<?>, Exception> failed);
    }

    OtherProcessor(Processors processors, TokenStore tokens, int segments, Starter starter) {
        this.processors = processors;
        this.tokens = tokens;
        this.segments = segments;
        this.starter = starter;
    }

    /** Does nothing if it runs. @param share of one processor, in percent, that each of its threads may take */
    synchronized void start(IntSupplier share) {
        if (running == null) {
            stopping = false;
            lastSeen = storedPosition();
            running = starter.start(() -> stopping ? 100 : share.getAsInt(), this::failed);
        }
    }

    private void failed(EventMessage<?> event, Exception cause) {
        TrackingToken token = ((TrackedEventMessage<?>) event).trackingToken();
        failure = new Failure(
                processors.count(token),
                "%s at position %d: %s"
                        .formatted(
                                event.getPayloadType().getSimpleName(),
                                token.position().orElse(-1),
                                LetterPolicy.textOf(cause)));
    }

    /** Why the generation does not go on, without personal data; null if it goes on. */
    String failure() {
        Failure last = failure;
        return last != null && position() < last.position() ? last.text() : null;
    }

    /** Waits for the end of its last batch. */
    void stop() {
        stopping = true;
        synchronized (this) {
            if (running != null) {
                running.stop();
                running = null;
            }
        }
    }

    /** The number of events that the generation has read. */
    synchronized long position() {
        if (running == null) {
            return storedPosition();
        }
        lastSeen = processors.position(running.processor(), segments).orElse(lastSeen);
        return lastSeen;
    }

    /** The same by its stored tokens. */
    long storedPosition() {
        return processors.storedPosition(tokens);
    }
}
