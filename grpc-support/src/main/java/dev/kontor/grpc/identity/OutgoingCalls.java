package dev.kontor.grpc.identity;

import com.google.protobuf.MessageLite;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.RequestId;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Adds the caller's token, the client's network, the request id, the idempotency key and a deadline to every call. Refuses requests that are
 * larger than a side accepts.
 */
public final class OutgoingCalls implements ClientInterceptor {

    /** In bytes. The largest valid request, a product's texts or an order of a hundred lines, has a tenth of this. */
    public static final int LARGEST_REQUEST = 256 << 10;

    private final Duration defaultDeadline;
    private final Optional<GatewayProof> proof;

    /**
     * @param defaultDeadline for unary calls that set none
     * @param proof that these calls are a gateway's; empty if the connection suffices
     */
    public OutgoingCalls(Duration defaultDeadline, Optional<GatewayProof> proof) {
        this.defaultDeadline = defaultDeadline;
        this.proof = proof;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        CallOptions bounded = options.getDeadline() == null && method.getType() == MethodType.UNARY
                ? options.withDeadlineAfter(defaultDeadline.toMillis(), TimeUnit.MILLISECONDS)
                : options;
        return new SimpleForwardingClientCall<>(next.newCall(method, bounded)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                headers.put(RequestId.METADATA, RequestId.current());
                Caller.current()
                        .ifPresent(caller -> headers.put(
                                AccessInterceptor.AUTHORIZATION, AccessInterceptor.BEARER + caller.token()));
                ClientNetwork.put(headers);
                proof.ifPresent(shown -> shown.showIn(headers));
                KeyedCall keyed = KeyedCall.current().orElse(null);
                if (keyed != null) {
                    keyed.put(headers);
                }
                super.start(keyed == null ? listener : outcomeOf(keyed, listener), headers);
            }

            @Override
            public void sendMessage(Q message) {
                if (message instanceof MessageLite request && request.getSerializedSize() > LARGEST_REQUEST) {
                    throw new RefusedException(Problem.PAYLOAD_TOO_LARGE, "The request is larger than any valid one");
                }
                super.sendMessage(message);
            }
        };
    }

    private static <A> ClientCall.Listener<A> outcomeOf(KeyedCall keyed, ClientCall.Listener<A> listener) {
        return new SimpleForwardingClientCallListener<>(listener) {
            @Override
            public void onClose(Status status, Metadata trailers) {
                keyed.told(trailers);
                super.onClose(status, trailers);
            }
        };
    }
}
