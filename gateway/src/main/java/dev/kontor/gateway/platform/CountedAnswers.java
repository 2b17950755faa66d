package dev.kontor.gateway.platform;

import com.google.protobuf.MessageLite;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;

/**
 * Counts the answers of the sides to a request in {@link HeldAnswer}, and drops an answer that exceeds the budget.
 * Reads pages of lists within {@link PageReadLimit}. Both refuse with 503.
 */
final class CountedAnswers implements ClientInterceptor {

    private static final String PAGE = "page";
    private static final String IDS = "ids";

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        HeldAnswer held = HeldAnswer.CONTEXT.get();
        ClientCall<Q, A> call = next.newCall(method, options);
        if (held == null) {
            return call;
        }
        return new SimpleForwardingClientCall<>(call) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                Runnable end = isOfPages(method) ? turn(held)::end : () -> {};
                try {
                    super.start(new Counted<>(listener, call, held, end), headers);
                } catch (RuntimeException e) {
                    end.run();
                    throw e;
                }
            }
        };
    }

    private static boolean isOfPages(MethodDescriptor<?, ?> method) {
        return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier described
                && (described.getMethodDescriptor().getInputType().findFieldByName(PAGE) != null
                        || described.getMethodDescriptor().getInputType().findFieldByName(IDS) != null);
    }

    private static PageReadLimit.Turn turn(HeldAnswer held) {
        PageReadLimit.Turn turn = held.awaitTurn();
        if (turn == null) {
            throw new RefusedException(Problem.OVERLOADED, "Too many lists are read at a time");
        }
        return turn;
    }

    private static final class Counted<A> extends SimpleForwardingClientCallListener<A> {

        private final ClientCall<?, A> call;
        private final HeldAnswer held;
        private final Runnable end;
        private boolean isDropped;

        Counted(ClientCall.Listener<A> listener, ClientCall<?, A> call, HeldAnswer held, Runnable end) {
            super(listener);
            this.call = call;
            this.held = held;
            this.end = end;
        }

        @Override
        public void onMessage(A answer) {
            if (answer instanceof MessageLite message && !held.take(message.getSerializedSize())) {
                isDropped = true;
                call.cancel("the answer exceeds the memory budget", null);
            } else {
                super.onMessage(answer);
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            end.run();
            if (isDropped) {
                StatusRuntimeException dropped = RefusalCodec.toStatus(tooManyAnswers());
                super.onClose(dropped.getStatus(), dropped.getTrailers());
            } else {
                super.onClose(status, trailers);
            }
        }
    }

    static RefusedException tooManyAnswers() {
        return new RefusedException(Problem.OVERLOADED, "Too many large answers at a time");
    }
}
