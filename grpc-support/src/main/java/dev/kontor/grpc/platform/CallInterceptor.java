package dev.kontor.grpc.platform;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The outermost interceptor of a side: gives each call its request id, and translates its exception to a status. An
 * exception that is not a refusal is logged with its stack trace and answered without details.
 */
public final class CallInterceptor implements ServerInterceptor {

    private static final Logger log = LoggerFactory.getLogger(CallInterceptor.class);

    /** gRPC adds it to a call that it sends again. */
    private static final Metadata.Key<String> PREVIOUS_ATTEMPTS =
            Metadata.Key.of("grpc-previous-rpc-attempts", Metadata.ASCII_STRING_MARSHALLER);

    private final Function<Throwable, RefusedException> translation;

    /**
     * @param translation of a side's own exceptions, for instance a command's refusal; null for unknown ones
     */
    public CallInterceptor(Function<Throwable, RefusedException> translation) {
        this.translation = translation;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String requestId = RequestId.acceptOrMint(headers.get(RequestId.METADATA));
        Context context = RequestId.in(Context.current(), requestId);
        ServerCall.Listener<Q> listener = Contexts.interceptCall(context, call, headers, next);
        return new SimpleForwardingServerCallListener<>(listener) {
            private boolean isUnreadable;

            @Override
            public void onMessage(Q request) {
                if (request == UnreadableRequests.UNREADABLE) {
                    isUnreadable = true;
                    StatusRuntimeException status = RefusalCodec.toStatus(
                            new RefusedException(Problem.MALFORMED_REQUEST, Problem.MALFORMED_REQUEST.title()));
                    call.close(status.getStatus(), status.getTrailers());
                } else if (!isUnreadable) {
                    super.onMessage(request);
                }
            }

            @Override
            public void onHalfClose() {
                if (isUnreadable) {
                    return;
                }
                // A call may run on its caller's thread: then this is the caller's request id.
                String outer = MDC.get(RequestId.NAME);
                MDC.put(RequestId.NAME, requestId);
                try {
                    super.onHalfClose();
                } catch (RuntimeException e) {
                    boolean isRepeat = headers.containsKey(PREVIOUS_ATTEMPTS);
                    StatusRuntimeException status =
                            toStatus(e, isRepeat, call.getMethodDescriptor().getFullMethodName());
                    Metadata trailers = status.getTrailers();
                    call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
                } finally {
                    if (outer == null) {
                        MDC.remove(RequestId.NAME);
                    } else {
                        MDC.put(RequestId.NAME, outer);
                    }
                }
            }
        };
    }

    private StatusRuntimeException toStatus(RuntimeException failure, boolean isRepeat, String method) {
        RefusedException refused = failure instanceof RefusedException said ? said : translation.apply(failure);
        if (refused != null && refused.problem() == Problem.PRECONDITION_FAILED && isRepeat) {
            // The first attempt may have made the change, and so have changed the version.
            return RefusalCodec.toStatus(new RefusedException(
                    Problem.UNAVAILABLE, "Whether this was changed is not known: read it before you try again"));
        }
        if (refused != null) {
            return RefusalCodec.toStatus(refused);
        }
        if (failure instanceof OutcomeUnknownException unknown) {
            return RefusalCodec.toStatus(unknown.told());
        }
        if (failure instanceof StatusRuntimeException status
                && status.getStatus().getCode() != Status.Code.UNKNOWN) {
            return status;
        }
        log.error("{} failed", method, failure);
        return RefusalCodec.toStatus(new RefusedException(Problem.INTERNAL, Problem.INTERNAL.title()));
    }
}
