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
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Adds the caller's token, the client's network, the request id and a deadline to every call. Refuses requests that are
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
                super.start(listener, headers);
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
}
