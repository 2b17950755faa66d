package dev.kontor.store;

import de.bwaldvogel.mongo.MongoServer;
import java.net.InetSocketAddress;

/** A server that speaks the MongoDB wire protocol on the loopback address and keeps its documents in memory. */
public final class EmbeddedMongo implements AutoCloseable {

    private final MongoServer server;
    private final InetSocketAddress address;

    private EmbeddedMongo(MongoServer server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
    }

    /**
     * @param port 0 for any that is free
     * @throws BookException where the port is taken
     */
    public static EmbeddedMongo start(int port) {
        MongoServer server = new MongoServer(new IsolatedBackend());
        try {
            server.bind(new InetSocketAddress("127.0.0.1", port));
            return new EmbeddedMongo(server, server.getLocalAddress());
        } catch (Exception e) { // Netty throws the checked BindException undeclared
            server.shutdownNow();
            throw new BookException("Port %d for the views is taken; another can be given".formatted(port), e);
        }
    }

    public int port() {
        return address.getPort();
    }

    /** The connection string for a MongoDB client. */
    public String uri() {
        return "mongodb://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
