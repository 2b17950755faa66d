package dev.kontor.side.platform;

import com.mongodb.MongoException;
import dev.kontor.api.Refusal;
import dev.kontor.grpc.platform.OutcomeUnknownException;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.axonserver.connector.command.AxonServerCommandDispatchException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;

/** Classifies failures of the stores, of Axon Server and of other processes. No other class knows their exceptions. */
public final class FailureClassifier {

    /** Axon Server's error code for an append at a sequence number that another append has taken. */
    private static final String SEQUENCE_IS_TAKEN = "AXONIQ-2000";

    private static final Metadata.Key<String> ERROR_CODE =
            Metadata.Key.of("AxonIQ-ErrorCode", Metadata.ASCII_STRING_MARSHALLER);

    private FailureClassifier() {}

    /** Empty if the failure comes from none of them. */
    public static Optional<Refusal> refusalOf(Throwable failure) {
        Refusal found = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Refusal of = of(cause);
            // A lost append counts, whatever wraps it.
            if (of instanceof Refusal.ConcurrentWrite) {
                return Optional.of(of);
            }
            found = found == null ? of : found;
        }
        return Optional.ofNullable(found);
    }

    /** Whether a retry may succeed without any repair. */
    public static boolean isTransient(Throwable failure) {
        return switch (failure) {
            case OutcomeUnknownException unknown -> true;
            case RefusedException refused ->
                switch (refused.problem()) {
                    // Concurrent writers were faster on each try; nothing was written.
                    case UNAVAILABLE, DEADLINE_EXCEEDED, OVERLOADED, CONFLICT -> true;
                    default -> false;
                };
            default -> refusalOf(failure).isPresent();
        };
    }

    /** The same, also if the failure is wrapped in others. */
    static boolean mayPassOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isTransient(cause)) {
                return true;
            }
        }
        return false;
    }

    private static Refusal of(Throwable cause) {
        return switch (cause) {
            case ConcurrencyException taken -> new Refusal.ConcurrentWrite();
            case AggregateStreamCreationException taken -> new Refusal.ConcurrentWrite();
            case StatusRuntimeException status -> ofStatus(status);
            case AxonServerCommandDispatchException notSent -> new Refusal.Unreachable();
            case AxonServerException failed -> new Refusal.Unreachable();
            case NoHandlerForCommandException noHandler -> new Refusal.Unreachable();
            case EventStoreException failed -> new Refusal.Unreachable();
            case TimeoutException late -> new Refusal.Unreachable();
            case MongoException failed -> new Refusal.Unreachable();
            default -> null;
        };
    }

    private static Refusal ofStatus(StatusRuntimeException status) {
        Metadata trailers = status.getTrailers();
        if (trailers != null && SEQUENCE_IS_TAKEN.equals(trailers.get(ERROR_CODE))) {
            return new Refusal.ConcurrentWrite();
        }
        Status.Code code = status.getStatus().getCode();
        return switch (code) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, ABORTED, RESOURCE_EXHAUSTED, UNKNOWN, INTERNAL ->
                new Refusal.Unreachable();
            default -> null;
        };
    }
}
