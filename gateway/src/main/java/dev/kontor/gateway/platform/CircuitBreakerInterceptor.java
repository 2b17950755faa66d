package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.TokenVerificationGrpc;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
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
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Answers calls to a side with {@code unavailable} at once while nearly all calls to it fail, so that no thread and no
 * client waits in vain. A call fails if it gets no answer from the side, or none in time. A refusal is an answer, and a
 * cancelled call does not count. Calls about tokens always pass: they are few, and without them a slow side would count
 * as one that is away.
 */
final class CircuitBreakerInterceptor implements ClientInterceptor {

    private final CircuitBreaker breaker;
    private final Duration open;

    CircuitBreakerInterceptor(CircuitBreaker breaker, Duration open) {
        this.breaker = breaker;
        this.open = open;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        ClientCall<Q, A> call = next.newCall(method, options);
        return TokenVerificationGrpc.SERVICE_NAME.equals(method.getServiceName())
                ? call
                : new Counted<>(call, method.getType() != MethodType.UNARY);
    }

    private StatusRuntimeException refusal() {
        long seconds = Math.max(1, open.plusMillis(999).toSeconds());
        return RefusalCodec.toStatus(new RefusedException(
                Problem.UNAVAILABLE,
                Problem.UNAVAILABLE.title(),
                Map.of(Problems.RETRY_AFTER, Long.toString(seconds)),
                List.of()));
    }

    private static boolean isFailure(Status status, Metadata trailers) {
        return switch (status.getCode()) {
            case DEADLINE_EXCEEDED -> true;
            // From the transport. The same codes from a side are answers.
            case UNAVAILABLE, INTERNAL, UNKNOWN ->
                !RefusalCodec.isSaidByASide(new StatusRuntimeException(status, trailers));
            default -> false;
        };
    }

    private final class Counted<Q, A> extends SimpleForwardingClientCall<Q, A> {

        private final boolean isStream;
        private boolean refused;

        Counted(ClientCall<Q, A> call, boolean isStream) {
            super(call);
            this.isStream = isStream;
        }

        @Override
        public void start(Listener<A> listener, Metadata headers) {
            if (!breaker.tryAcquirePermission()) {
                refused = true;
                StatusRuntimeException refusal = refusal();
                listener.onClose(refusal.getStatus(), refusal.getTrailers());
                return;
            }
            long begin = breaker.getCurrentTimestamp();
            AtomicBoolean counted = new AtomicBoolean();
            try {
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            /** The side answers. The end of a stream may be far away. */
                            @Override
                            public void onMessage(A answer) {
                                if (isStream && counted.compareAndSet(false, true)) {
                                    count(Status.OK, null, breaker.getCurrentTimestamp() - begin);
                                }
                                super.onMessage(answer);
                            }

                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                if (counted.compareAndSet(false, true)) {
                                    count(status, trailers, breaker.getCurrentTimestamp() - begin);
                                }
                                super.onClose(status, trailers);
                            }
                        },
                        headers);
            } catch (RuntimeException e) {
                if (counted.compareAndSet(false, true)) {
                    breaker.releasePermission();
                }
                throw e;
            }
        }

        private void count(Status status, Metadata trailers, long took) {
            if (status.getCode() == Status.Code.CANCELLED) {
                breaker.releasePermission();
            } else if (isFailure(status, trailers)) {
                breaker.onError(took, breaker.getTimestampUnit(), status.asException());
            } else {
                breaker.onSuccess(took, breaker.getTimestampUnit());
            }
        }

        // A refused call was never started, and its delegate would fail.

        @Override
        public void request(int messages) {
            if (!refused) {
                super.request(messages);
            }
        }

        @Override
        public void sendMessage(Q message) {
            if (!refused) {
                super.sendMessage(message);
            }
        }

        @Override
        public void halfClose() {
            if (!refused) {
                super.halfClose();
            }
        }

        @Override
        public void cancel(String message, Throwable cause) {
            if (!refused) {
                super.cancel(message, cause);
            }
        }
    }
}
