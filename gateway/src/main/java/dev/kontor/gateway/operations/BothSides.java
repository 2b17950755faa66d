package dev.kontor.gateway.operations;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import io.grpc.StatusRuntimeException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A service that both sides have, each for what is its own. In one process both stubs lead to the same.
 *
 * @param notFound the answer of the side that does not have what a call names
 */
record BothSides<S>(S querySide, S commandSide, Problem notFound) {

    /** Asks the command side if the query side does not have it. */
    <T> T onItsSide(Function<S, T> call) {
        try {
            return call.apply(querySide);
        } catch (StatusRuntimeException failure) {
            if (RefusalCodec.fromStatus(failure).problem() != notFound) {
                throw failure;
            }
            return call.apply(commandSide);
        }
    }

    /** What both list, by name. */
    <T> SortedMap<String, T> all(Function<S, ? extends Iterable<T>> list, Function<T, String> name) {
        SortedMap<String, T> all = new TreeMap<>();
        list.apply(querySide).forEach(each -> all.put(name.apply(each), each));
        list.apply(commandSide).forEach(each -> all.put(name.apply(each), each));
        return all;
    }
}
