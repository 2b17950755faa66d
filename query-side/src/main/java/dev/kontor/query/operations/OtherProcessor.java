package dev.kontor.query.operations;

import dev.kontor.side.platform.OwnedProcessor;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/** The event processor that feeds the other generation of one view, while it runs. */
final class OtherProcessor {

    private final Processors processors;
    private final TokenStore tokens;
    private final Function<IntSupplier, OwnedProcessor> starter;

    private OwnedProcessor running;
    /** Whether its last batch is waited for: it takes no breaks then. */
    private volatile boolean stopping;

    OtherProcessor(Processors processors, TokenStore tokens, Function<IntSupplier, OwnedProcessor> starter) {
        this.processors = processors;
        this.tokens = tokens;
        this.starter = starter;
    }

    /** Does nothing if it runs. @param share of one processor, in percent, that each of its threads may take */
    synchronized void start(IntSupplier share) {
        if (running == null) {
            stopping = false;
            running = starter.apply(() -> stopping ? 100 : share.getAsInt());
        }
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
        return running == null ? storedPosition() : processors.position(running.processor());
    }

    /** The same by its stored tokens. */
    long storedPosition() {
        return processors.storedPosition(tokens);
    }
}
