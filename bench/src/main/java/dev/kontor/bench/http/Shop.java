package dev.kontor.bench.http;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A shop that runs on this machine as processes of its own, with data of its own. */
interface Shop extends AutoCloseable {

    String name();

    URI address();

    /** The JVM that answers HTTP. */
    ProcessHandle jvm();

    /** Of all of its processes. */
    ProcessUsage usage();

    /** Asks the shop, so not while it is measured. */
    LogCounters counters() throws IOException;

    /** Stops it, keeps the data, and says what its audit finds; {@link Audit#NONE} if it has none. */
    Audit stop() throws IOException;

    /** The parts of these orders' times, once it is stopped; empty if it has no log of events. */
    List<OrderPath.Hop> hops(LogCounters since, List<OrderTimes.Order> orders);

    /** Ends the processes that still run, and deletes the data unless it is to be kept. */
    @Override
    void close() throws IOException;

    /** What an audit found. */
    enum Audit {
        CLEAN,
        NOT_CLEAN,
        NONE
    }
}
