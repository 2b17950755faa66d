package dev.kontor.standalone.tools.transfer;

import dev.kontor.standalone.tools.axonserver.AxonServerClient;
import dev.kontor.standalone.tools.axonserver.ServerLog;
import dev.kontor.standalone.tools.axonserver.SidesDatabase;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.store.LogReader;
import dev.kontor.store.LoggedRow;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;

/** The log of an Axon Server whose command sides are stopped, and their state beside it in MongoDB. */
final class ServerOrigin implements LogOrigin {

    private final AxonServerClient server;
    private final ServerLog log;
    private final ToolConsole console;
    private final List<LoggedRow> rows;

    private ServerOrigin(AxonServerClient server, ServerLog log, ToolConsole console, List<LoggedRow> rows) {
        this.server = server;
        this.log = log;
        this.console = console;
        this.rows = rows;
    }

    /** @throws ToolException where a command side runs, or the two do not belong together */
    static ServerOrigin of(AxonServerClient server, SidesDatabase mongo, ToolConsole console) {
        ServerLog log = new ServerLog(server, server.head());
        if (log.head() < 0) {
            throw new ToolException("There are no events in %s".formatted(server.name()));
        }
        CommandState state = new MongoCommandState(mongo, Clock.systemUTC()).read();
        if (!(state.ordersAt() instanceof GlobalSequenceTrackingToken at) || at.getGlobalIndex() > log.head()) {
            throw new ToolException(
                    "%s says that orders are processed up to %s, but %s ends at position %d: they do not belong together"
                            .formatted(mongo.name(), state.ordersAt(), server.name(), log.head()));
        }
        return new ServerOrigin(server, log, console, CommandStateCodec.write(state));
    }

    @Override
    public String id() {
        return server.id();
    }

    @Override
    public long head() {
        return log.head();
    }

    @Override
    public void read(long from, LogReader.Visitor visitor) {
        log.read(from, visitor);
    }

    @Override
    public boolean beginsWith(long events, int chain) {
        return events <= log.head() + 1
                && log.chain(events - 1, console.progress("comparing", "events", events)) == chain;
    }

    @Override
    public void readBeside(Consumer<LoggedRow> reader) {
        rows.forEach(reader);
    }

    /** @throws ToolException where the log has grown: the state beside it does not match it then */
    void refuseGrown() {
        if (server.head() != log.head()) {
            throw new ToolException(
                    "Another process writes to %s. Stop all command sides, and export again".formatted(server.name()));
        }
    }
}
