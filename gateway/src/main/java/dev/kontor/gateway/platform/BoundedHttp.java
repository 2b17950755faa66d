package dev.kontor.gateway.platform;

import dev.kontor.gateway.platform.TimedProcessor.Served;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.coyote.Processor;
import org.apache.coyote.UpgradeProtocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's HTTP connector with additional bounds: on the connections of one address, and on the total time in which a
 * request arrives. It supports HTTP/2 with prior knowledge, but no upgrade of a connection: RFC 9113 has removed that,
 * and Tomcat would keep the first body in memory.
 *
 * <p>Public because Tomcat instantiates it by name.
 */
public final class BoundedHttp extends Http11NioProtocol {

    /**
     * Connections that the operating system accepts before Tomcat does. While this queue is full, clients retry after
     * seconds, so a burst of one address must not fill it. This is the default maximum of Linux.
     */
    private static final int ACCEPT_QUEUE = 4_096;

    private final Set<Served> served = ConcurrentHashMap.newKeySet();
    private volatile Duration headerDeadline = Duration.ofSeconds(10);
    private volatile Duration requestDeadline = Duration.ofSeconds(40);
    private ScheduledFuture<?> watch;

    public BoundedHttp() {
        this(new Connections());
    }

    private BoundedHttp(Connections connections) {
        super(connections);
        ConnectionHandler<NioChannel> handler = new ConnectionHandler<>(this) {
            @Override
            public void release(SocketWrapperBase<NioChannel> connection) {
                try {
                    super.release(connection);
                } finally {
                    connections.left(connection.getSocket().getIOChannel());
                }
            }
        };
        setHandler(handler);
        connections.setHandler(handler);
    }

    /**
     * @param isProxy whether the address is a proxy, whose connections are not limited because many clients share them
     */
    void bound(HttpSettings settings, Predicate<String> isProxy) {
        headerDeadline = settings.headerDeadline();
        requestDeadline = headerDeadline.plus(settings.bodyDeadline());
        // Tomcat restarts both timeouts with every byte.
        setConnectionTimeout((int) settings.headerDeadline().toMillis());
        setKeepAliveTimeout((int) settings.idle().toMillis());
        setMaxConnections(settings.connections());
        setAcceptCount(ACCEPT_QUEUE);
        if (getEndpoint() instanceof Connections connections) {
            connections.perAddress = new PerAddressLimit(settings.connectionsPerAddress());
            connections.isProxy = isProxy;
        }
    }

    @Override
    protected Processor createProcessor() {
        return new TimedProcessor(this, getAdapter(), headerDeadline, served);
    }

    @Override
    public void start() throws Exception {
        super.start();
        watch = getUtilityExecutor().scheduleWithFixedDelay(this::closeWhatIsLate, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (watch != null) {
            watch.cancel(false);
        }
        super.stop();
    }

    /** Bounds reads without a deadline: Tomcat itself reads an unused body for as long as the client sends. */
    private void closeWhatIsLate() {
        for (Served request : served) {
            if (request.isLate(requestDeadline)) {
                request.connection().close();
            }
        }
    }

    @Override
    public void addUpgradeProtocol(UpgradeProtocol protocol) {
        super.addUpgradeProtocol(protocol instanceof Http2Protocol ? new PriorKnowledge() : protocol);
    }

    private static final class PriorKnowledge extends Http2Protocol {

        /** Bytes. Tomcat keeps two buffers of this size for each stream with a body. */
        private static final int WINDOW = 16_384;

        PriorKnowledge() {
            setInitialWindowSize(WINDOW);
            // No stream waits while it holds buffers: RequestsInFlight bounds the concurrent requests.
            setMaxConcurrentStreamExecution((int) getMaxConcurrentStreams());
        }

        @Override
        public boolean accept(org.apache.coyote.Request request) {
            return false;
        }
    }

    /** Counts the open connections of each address. */
    private static final class Connections extends NioEndpoint {

        private final Map<SocketChannel, String> counted = new ConcurrentHashMap<>();
        private volatile PerAddressLimit perAddress = new PerAddressLimit(Integer.MAX_VALUE);
        private volatile Predicate<String> isProxy = address -> false;

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            if (!hasEntered(socket)) {
                destroySocket(socket);
                return false;
            }
            return super.setSocketOptions(socket);
        }

        private boolean hasEntered(SocketChannel socket) {
            var peer = socket.socket().getInetAddress();
            if (peer == null || isProxy.test(peer.getHostAddress())) {
                return true;
            }
            String network = PerAddressLimit.network(peer);
            if (!perAddress.enter(network)) {
                return false;
            }
            counted.put(socket, network);
            return true;
        }

        @Override
        protected void destroySocket(SocketChannel socket) {
            left(socket);
            super.destroySocket(socket);
        }

        void left(SocketChannel socket) {
            String network = socket == null ? null : counted.remove(socket);
            if (network != null) {
                perAddress.leave(network);
            }
        }
    }
}
