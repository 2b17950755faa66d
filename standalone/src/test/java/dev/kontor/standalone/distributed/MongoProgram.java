package dev.kontor.standalone.distributed;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** A server with MongoDB's protocol on a free port of the loopback address, with data in memory only. */
final class MongoProgram {

    private MongoProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        MongoServer server = new MongoServer(new MemoryBackend());
        System.out.println("Listens on " + server.bind().getPort());
        Thread.currentThread().join();
    }
}
