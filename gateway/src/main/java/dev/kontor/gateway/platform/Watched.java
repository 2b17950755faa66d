package dev.kontor.gateway.platform;

import io.grpc.MethodDescriptor;
import java.util.function.Function;

/**
 * A stream of the query side.
 *
 * @param event what a message tells; null if nothing
 */
public record Watched<Q, A>(MethodDescriptor<Q, A> method, Q request, Function<A, LiveEvent> event) {}
