package dev.kontor.standalone.tools.axonserver;

import dev.kontor.api.Uuids;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.store.LogReader;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.event.AppendEventsTransaction;
import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;

/**
 * The log of one context of an Axon Server. A position is its token: from 0 and without a gap, as in an event store. No
 * call waits longer than half a minute for an answer; each failure has a message of one sentence.
 */
public final class AxonServerClient implements AutoCloseable {

    private static final Duration UNTIL_CONNECTED = Duration.ofSeconds(10);
    private static final Duration UNTIL_ANSWERED = Duration.ofSeconds(30);
    /** The server accepts 4 MB by default; this must read messages of any configured size. */
    private static final int LARGEST_MESSAGE = 256 << 20;
    /** The number of events in flight, each of which may be large. */
    private static final int READ_AHEAD = 512;

    private static final int ASK_FOR_MORE = 128;

    /** A strong reference, or its level would be lost. The tool reports in a sentence what this logger would write. */
    private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");

    private final ServerAddresses addresses;
    private final ServerFailures failures;
    private final AxonServerConnectionFactory factory;
    private final AxonServerConnection connection;
    private final EventChannel events;

    private AxonServerClient(ServerAddresses addresses, ServerFailures failures, AxonServerConnectionFactory factory) {
        this.addresses = addresses;
        this.failures = failures;
        this.factory = factory;
        this.connection = factory.connect(addresses.context());
        this.events = connection.eventChannel();
    }

    /** @throws ToolException where it cannot be reached or denies access */
    public static AxonServerClient connect(ServerAddresses addresses) {
        GRPC_LOG.setLevel(Level.OFF);
        // Its client would print a download address into the tool's output.
        System.setProperty("axon.axonserver.suppressDownloadMessage", "true");
        ServerFailures failures = new ServerFailures(addresses.name());
        AxonServerConnectionFactory.Builder builder = AxonServerConnectionFactory.forClient("kontor-tool")
                .routingServers(addresses.servers().toArray(ServerAddress[]::new))
                .connectTimeout(UNTIL_CONNECTED.toSeconds(), TimeUnit.SECONDS)
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .customize(channel -> channel.intercept(failures));
        if (addresses.token() != null) {
            builder.token(addresses.token());
        }
        if (addresses.certificate() != null) {
            try {
                builder.useTransportSecurity(GrpcSslContexts.forClient()
                        .trustManager(addresses.certificate().toFile())
                        .build());
            } catch (SSLException | IllegalArgumentException e) {
                throw new ToolException("%s is no certificate".formatted(addresses.certificate()), e);
            }
        }
        AxonServerClient server = new AxonServerClient(addresses, failures, builder.build());
        try {
            server.head();
            return server;
        } catch (ToolException e) {
            server.close();
            throw e;
        }
    }

    public String name() {
        return addresses.name();
    }

    /** The position of the last event, -1 where there is none. */
    public long head() {
        return answer(events.getLastToken());
    }

    /** The name of the log: its original one, else one derived from its first event. The log must have one. */
    public String id() {
        try (EventStream stream = events.openStream(-1, READ_AHEAD, ASK_FOR_MORE, true)) {
            Event first = next(stream).getEvent();
            String brought = ServerMetadata.of(first).log();
            return brought == null ? Uuids.derive("log", first.getMessageIdentifier()) : brought;
        }
    }

    /** For events that are written atomically. */
    public AppendEventsTransaction begin() {
        return events.startAppendEventsTransaction();
    }

    ServerFailures failures() {
        return failures;
    }

    /** @throws ToolException where there is no answer in time, or a failure */
    public <T> T answer(Future<T> future) {
        try {
            return future.get(UNTIL_ANSWERED.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException | TimeoutException e) {
            throw failures.told(e);
        }
    }

    private static ToolException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ToolException("Interrupted", e);
    }

    /** Every event of a range, the end inclusive and not beyond the head. */
    void read(long from, long to, LogReader.Visitor visitor) {
        if (from > to) {
            return;
        }
        try (EventStream stream = events.openStream(from - 1, READ_AHEAD, ASK_FOR_MORE, true)) {
            for (long expected = from; expected <= to; expected++) {
                EventWithToken next = next(stream);
                for (; expected < Math.min(next.getToken(), to + 1); expected++) {
                    visitor.damage(expected, "is missing");
                }
                if (next.getToken() < expected) {
                    throw new ToolException(
                            "%s sends position %d after %d".formatted(name(), next.getToken(), expected - 1));
                }
                if (next.getToken() <= to) {
                    visitor.event(ServerEvents.read(next));
                }
            }
        }
    }

    private EventWithToken next(EventStream stream) {
        EventWithToken next;
        try {
            next = stream.nextIfAvailable(UNTIL_ANSWERED.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (RuntimeException e) {
            throw failures.told(e);
        }
        if (next == null) {
            throw failures.told(stream.getError().orElseGet(TimeoutException::new));
        }
        return next;
    }

    @Override
    public void close() {
        connection.disconnect();
        // It waits for seconds for its own timers, on which nothing else depends.
        Thread.ofVirtual().start(factory::shutdown);
    }
}
