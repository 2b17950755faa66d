package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mongodb.MongoException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.kontor.api.Refusal;
import dev.kontor.grpc.platform.OutcomeUnknownException;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import io.axoniq.axonserver.grpc.ErrorMessage;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.axonserver.connector.command.AxonServerCommandDispatchException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailureClassifierTest {

    private static Throwable status(Status.Code code, String errorCode) {
        Metadata trailers = new Metadata();
        if (errorCode != null) {
            trailers.put(Metadata.Key.of("AxonIQ-ErrorCode", Metadata.ASCII_STRING_MARSHALLER), errorCode);
        }
        return code.toStatus().asRuntimeException(trailers);
    }

    static Stream<Throwable> lostAppends() {
        return Stream.of(
                new ConcurrencyException("another was faster"),
                new AggregateStreamCreationException("it is there already"),
                status(Status.Code.OUT_OF_RANGE, "AXONIQ-2000"),
                new EventStoreException("not written", status(Status.Code.OUT_OF_RANGE, "AXONIQ-2000")),
                new CommandExecutionException("failed", new ConcurrencyException("another was faster")));
    }

    static Stream<Throwable> unreachable() {
        return Stream.of(
                status(Status.Code.UNAVAILABLE, null),
                // Axon Server's codes for a process that ended while it handled a command.
                new AxonServerException("AXONIQ-4001", ErrorMessage.getDefaultInstance()),
                new AxonServerCommandDispatchException("AXONIQ-4003", "not sent", new IllegalStateException()),
                new NoHandlerForCommandException("no handler"),
                new EventStoreException("not read", new ExecutionException(status(Status.Code.UNAVAILABLE, null))),
                new org.axonframework.messaging.ExecutionException("late", new TimeoutException()),
                new MongoTimeoutException("no server"),
                new MongoSocketException("gone", new ServerAddress()),
                new IllegalStateException("wrapped", new MongoTimeoutException("no server")));
    }

    @ParameterizedTest
    @MethodSource("lostAppends")
    void a_lost_append_is_refused_as_a_concurrent_write(Throwable failure) {
        assertThat(FailureClassifier.refusalOf(failure)).contains(new Refusal.ConcurrentWrite());
    }

    @ParameterizedTest
    @MethodSource("unreachable")
    void an_unavailable_store_is_classified_as_unreachable(Throwable failure) {
        assertThat(FailureClassifier.refusalOf(failure)).contains(new Refusal.Unreachable());
        assertThat(FailureClassifier.isTransient(failure)).isTrue();
    }

    @Test
    void a_closed_client_of_mongodb_is_unreachable() {
        MongoClient client = TypedMongoClient.of(MongoClients.create());
        MongoDatabase database = client.getDatabase("kontor");
        MongoCollection<Document> collection = database.getCollection("orders");
        client.close();

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> database.runCommand(new Document("ping", 1)),
                () -> collection.find().filter(new Document()).first(),
                () -> collection.insertOne(new Document()))) {
            Throwable failure = catchThrowable(call);

            assertThat(failure).isInstanceOf(MongoException.class).hasCauseInstanceOf(IllegalStateException.class);
            assertThat(FailureClassifier.refusalOf(failure)).contains(new Refusal.Unreachable());
        }
    }

    @Test
    void kontor_s_own_defects_are_not_failures_of_a_store() {
        assertThat(FailureClassifier.refusalOf(new IllegalStateException("a bug")))
                .isEmpty();
        assertThat(FailureClassifier.refusalOf(status(Status.Code.PERMISSION_DENIED, null)))
                .isEmpty();
        assertThat(FailureClassifier.isTransient(new NullPointerException())).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void a_refusal_is_transient_only_if_a_wait_helps(Problem problem) {
        boolean waitingHelps = switch (problem) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, OVERLOADED, CONFLICT -> true;
            default -> false;
        };

        assertThat(FailureClassifier.isTransient(new RefusedException(problem, "for a test")))
                .isEqualTo(waitingHelps);
    }

    @Test
    void an_unknown_outcome_is_transient() {
        assertThat(FailureClassifier.isTransient(new OutcomeUnknownException(Problem.UNAVAILABLE, "for a test", null)))
                .isTrue();
    }
}
