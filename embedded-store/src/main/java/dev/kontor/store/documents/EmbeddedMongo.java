package dev.kontor.store.documents;

import de.bwaldvogel.mongo.MongoServer;
import java.net.InetSocketAddress;

/** A server that speaks the MongoDB wire protocol on the loopback address, over the documents of a view store. */
public final class EmbeddedMongo implements AutoCloseable {

    private final MongoServer server;
    private final InetSocketAddress address;

    private EmbeddedMongo(MongoServer server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
    }

    /**
     * @param port 0 for any that is free
     * @param files must be closed after the server
     * @throws ViewFilesException where the port is taken
     */
    public static EmbeddedMongo start(int port, ViewFiles files) {
        MongoServer server = new MongoServer(new DocumentBackend(files));
        try {
            server.bind(new InetSocketAddress("127.0.0.1", port));
            return new EmbeddedMongo(server, server.getLocalAddress());
        } catch (Exception e) { // Netty throws the checked BindException undeclared
            server.shutdownNow();
            throw new ViewFilesException("Port %d for the views is taken; another can be given".formatted(port), e);
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
