package dev.kontor.wire.identity;

import dev.kontor.wire.operations.RequestId;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Sends with every call what the other side needs to know: who calls, under which request id, and until when. */
public final class OutgoingCalls implements ClientInterceptor {

    private final Duration defaultDeadline;

    /** @param defaultDeadline for calls that set none of their own; streams may go on for ever */
    public OutgoingCalls(Duration defaultDeadline) {
        this.defaultDeadline = defaultDeadline;
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
                super.start(listener, headers);
            }
        };
    }
}
