package dev.kontor.standalone.tools.transfer;

import dev.kontor.standalone.tools.axonserver.AxonServerClient;
import dev.kontor.standalone.tools.axonserver.ServerEvents;
import dev.kontor.standalone.tools.axonserver.ServerLog;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.transfer.ExportLine.End;
import dev.kontor.standalone.tools.transfer.ExportLine.Header;
import dev.kontor.store.LoggedEvent;
import dev.kontor.store.LoggedRow;
import io.axoniq.axonserver.connector.event.AppendEventsTransaction;
import io.axoniq.axonserver.grpc.event.Confirmation;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An Axon Server as the target of an import, in transactions of many events. The next transaction is sent while the
 * server writes one, and committed only after the previous one is confirmed: so positions are those of the file, and an
 * interrupted import leaves a prefix.
 */
final class ServerTarget implements LogTarget {

    private static final int EVENTS_AT_MOST = 2_000;
    private static final long BYTES_AT_MOST = 4 << 20;
    /** The server's default limit of a message. */
    private static final int USUAL_MESSAGE = 4 << 20;

    private final AxonServerClient server;
    private final SideStores state;
    private final ToolConsole console;
    private String log;
    private long head;
    private CompletableFuture<Confirmation> onItsWay = confirmed();
    private int largestOnItsWay;

    /** @param state the target of the rows beside the log */
    ServerTarget(AxonServerClient server, SideStores state, ToolConsole console) {
        this.server = server;
        this.state = state;
        this.console = console;
    }

    private static CompletableFuture<Confirmation> confirmed() {
        return CompletableFuture.completedFuture(
                Confirmation.newBuilder().setSuccess(true).build());
    }

    @Override
    public String name() {
        return server.name();
    }

    /** @throws ToolException where the context has data that does not belong to the file's log */
    LogState state(Header header, End end) {
        long present = server.head();
        if (present + 1 > end.events()) {
            throw new ToolException(
                    "%s has %,d events, more than the %,d in the file".formatted(name(), present + 1, end.events()));
        }
        if (present < 0) {
            state.refuseViews();
        } else if (!server.id().equals(header.log())) {
            throw new ToolException(
                    "%s has another log (%s) than the file (%s). A log is imported into an empty context"
                            .formatted(name(), server.id(), header.log()));
        }
        if (present + 1 < end.events() && state.isThere()) {
            throw new ToolException(
                    "A command side has begun already, and %s does not have all events of the file. Empty both and import again"
                            .formatted(name()));
        }
        int chain = new ServerLog(server, present).chain(present, console.progress("comparing", "events", present + 1));
        return new LogState(present, chain, state.isThere());
    }

    @Override
    public void begin(String name, LogState there) {
        log = name;
        head = there.head();
        refuseOtherWriters();
    }

    private void refuseOtherWriters() {
        long now = server.head();
        if (now != head) {
            throw new ToolException("Another process has written to %s meanwhile: it is at position %d, not at %d"
                    .formatted(name(), now, head));
        }
    }

    @Override
    public void append(List<LoggedEvent> events) {
        int from = 0;
        while (from < events.size()) {
            int to = from;
            long bytes = 0;
            int largest = 0;
            do {
                LoggedEvent event = events.get(to++);
                int size = event.payload().length + event.metadata().length;
                largest = Math.max(largest, size);
                bytes += size;
            } while (to < events.size() && to - from < EVENTS_AT_MOST && bytes < BYTES_AT_MOST);
            commit(events.subList(from, to), largest);
            from = to;
        }
    }

    private void commit(List<LoggedEvent> events, int largest) {
        AppendEventsTransaction next = server.begin();
        try {
            events.forEach(event -> next.appendEvent(ServerEvents.write(event, log)));
            awaitConfirmation();
        } catch (RuntimeException e) {
            next.rollback();
            throw e;
        }
        largestOnItsWay = largest;
        onItsWay = next.commit();
        head += events.size();
    }

    private void awaitConfirmation() {
        Confirmation confirmation;
        try {
            confirmation = server.answer(onItsWay);
        } catch (ToolException e) {
            if (largestOnItsWay < USUAL_MESSAGE - (USUAL_MESSAGE >> 3)) {
                throw e;
            }
            throw new ToolException(
                    "%s. An event before position %,d has %,d bytes: the server takes 4 MB unless axoniq.axonserver.max-message-size says more"
                            .formatted(e.getMessage(), head + 1, largestOnItsWay),
                    e);
        }
        if (!confirmation.getSuccess()) {
            throw new ToolException("%s did not write the events before position %,d".formatted(name(), head + 1));
        }
    }

    /** Reads everything back before it writes the rows beside the log: only after these may a command side start. */
    @Override
    public void finish(End end, List<LoggedRow> rows) {
        awaitConfirmation();
        refuseOtherWriters();
        int chain = new ServerLog(server, head).chain(head, console.progress("verifying", "events", head + 1));
        if (chain != end.chain()) {
            throw new ToolException(
                    "%s returns other events than it was given. Empty the context and import again".formatted(name()));
        }
        state.write(rows);
    }

    @Override
    public void close() {
        server.close();
    }
}
