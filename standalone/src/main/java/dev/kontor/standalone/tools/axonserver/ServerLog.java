package dev.kontor.standalone.tools.axonserver;

import dev.kontor.standalone.tools.console.ProgressOutput;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.store.LogReader;
import dev.kontor.store.LogWriter;
import dev.kontor.store.LoggedEvent;

/**
 * The log of an Axon Server up to a position, without later events.
 *
 * @param head -1 where there is none
 */
public record ServerLog(AxonServerClient server, long head) {

    public void read(long from, LogReader.Visitor visitor) {
        server.read(from, head, visitor);
    }

    /** The chain up to a position that is not beyond the head, computed from the events; 0 for none. */
    public int chain(long to, ProgressOutput progress) {
        Chain chain = new Chain(server.name(), progress);
        server.read(0, to, chain);
        return chain.value;
    }

    private static final class Chain implements LogReader.Visitor {

        private final String name;
        private final ProgressOutput progress;
        private int value;

        Chain(String name, ProgressOutput progress) {
            this.name = name;
            this.progress = progress;
        }

        @Override
        public void event(LoggedEvent event) {
            value = LogWriter.chain(event, value);
            progress.at(event.position() + 1);
        }

        @Override
        public void damage(long position, String what) {
            throw new ToolException("The event at position %d in %s %s".formatted(position, name, what));
        }
    }
}
