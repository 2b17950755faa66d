package dev.kontor.command.platform;

import dev.kontor.api.Precondition;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Written;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;
import java.util.function.Supplier;

/** Helpers for the gRPC services. */
public final class Requests {

    private Requests() {}

    /** Parses an id of a request. A text that is no id is answered as not found. */
    public static <T> T idOf(String text, Function<String, T> id, Problem notFound) {
        try {
            return id.apply(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(notFound, notFound.title());
        }
    }

    /** Replaces a general NOT_FOUND by the problem of this kind of aggregate. */
    public static <T> T orNotFound(Problem notFound, Supplier<T> work) {
        try {
            return work.get();
        } catch (RefusedException refused) {
            throw refused.problem() == Problem.NOT_FOUND ? new RefusedException(notFound, notFound.title()) : refused;
        }
    }

    /**
     * The precondition of a request.
     *
     * @param isGiven whether the request has one
     * @return null without one
     */
    public static Precondition precondition(boolean isGiven, dev.kontor.proto.Precondition given) {
        if (!isGiven) {
            return null;
        }
        if (given.getVersionsCount() > Precondition.MOST_VERSIONS) {
            throw RefusedException.invalid(
                    "precondition", "must name at most %d versions".formatted(Precondition.MOST_VERSIONS));
        }
        return new Precondition(given.getVersionsList());
    }

    public static void answer(StreamObserver<Written> observer, Object id, long version) {
        observer.onNext(
                Written.newBuilder().setId(id.toString()).setVersion(version).build());
        observer.onCompleted();
    }
}
