package dev.kontor.bench.http;

import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Callers that are closed together. */
record Callers<C extends Caller>(List<C> all) implements AutoCloseable {

    static <C extends Caller> Callers<C> of(int count, IntFunction<C> caller) {
        return new Callers<>(IntStream.range(0, count).mapToObj(caller).toList());
    }

    @Override
    public void close() throws IOException {
        for (C caller : all) {
            caller.close();
        }
    }
}
