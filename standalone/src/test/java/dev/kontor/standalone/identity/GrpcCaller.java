package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.kontor.standalone.identity.Operation.Outcome;
import dev.kontor.testsupport.GrpcCalls;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Calls the sides directly, and reports whether the caller was authorized. */
final class GrpcCaller implements AutoCloseable {

    /** The problems that an authorized caller gets for a missing thing. */
    private static final Set<String> NO_SUCH_THING =
            Set.of("view-not-found", "dead-letter-not-found", "processor-not-found", "signing-key-not-found");

    private final ManagedChannel channel;

    GrpcCaller(String address) {
        this.channel = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                .build();
    }

    /** @param token empty for an anonymous caller */
    <Q, A> Outcome call(String token, MethodDescriptor<Q, A> method, Q request) {
        CallOptions patient = CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS);
        // The first answer is enough, also for endless streams.
        try (Context.CancellableContext call = Context.current().withCancellation()) {
            return call.call(() -> {
                Iterator<A> answers = ClientCalls.blockingServerStreamingCall(as(token), method, patient, request);
                assertThat(answers.hasNext()).isTrue();
                return Outcome.LET_IN;
            });
        } catch (StatusRuntimeException refusal) {
            return outcome(refusal);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The answer to a call that is let in. */
    <Q, A> A answer(String token, MethodDescriptor<Q, A> method, Q request) {
        return ClientCalls.blockingUnaryCall(
                as(token), method, CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS), request);
    }

    private static Outcome outcome(StatusRuntimeException refusal) {
        if (refusal.getMessage().contains("Idempotency-Key")) {
            // Only gateways report a key.
            return Outcome.LET_IN;
        }
        return switch (refusal.getStatus().getCode()) {
            case UNAUTHENTICATED -> Outcome.UNAUTHENTICATED;
            case PERMISSION_DENIED -> Outcome.TURNED_AWAY;
            case NOT_FOUND -> NO_SUCH_THING.contains(reason(refusal)) ? Outcome.LET_IN : Outcome.TURNED_AWAY;
            case FAILED_PRECONDITION, ALREADY_EXISTS, ABORTED -> Outcome.LET_IN;
            default -> throw new AssertionError("An unexpected answer", refusal);
        };
    }

    private static String reason(StatusRuntimeException refusal) {
        try {
            return StatusProto.fromThrowable(refusal)
                    .getDetails(0)
                    .unpack(ErrorInfo.class)
                    .getReason();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private Channel as(String token) {
        if (token.isEmpty()) {
            return channel;
        }
        return GrpcCalls.withToken(channel, token);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
