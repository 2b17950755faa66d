package dev.kontor.bench.http;

import java.io.IOException;

/** Makes calls, one after the other. */
interface Caller extends AutoCloseable {

    /** Returns what failed; null after a good answer. */
    String call(Operation operation) throws IOException;

    @Override
    void close() throws IOException;
}
