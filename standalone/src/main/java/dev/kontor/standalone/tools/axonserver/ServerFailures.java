package dev.kontor.standalone.tools.axonserver;

import dev.kontor.standalone.tools.console.ToolException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Describes failures of Axon Server in a sentence. The server's client hides the reason where it never got a
 * connection, so this intercepts every call and keeps the last answer.
 */
final class ServerFailures implements ClientInterceptor {

    private static final int LONGEST_REASON = 160;

    private final String server;
    private volatile Status last = Status.OK;

    ServerFailures(String server) {
        this.server = server;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                if (!status.isOk() && status.getCode() != Status.Code.CANCELLED) {
                                    last = status;
                                }
                                super.onClose(status, trailers);
                            }
                        },
                        headers);
            }
        };
    }

    ToolException told(Throwable failure) {
        if (failure instanceof ToolException told) {
            return told;
        }
        if (failure instanceof TimeoutException) {
            return new ToolException("%s does not answer any more".formatted(server), failure);
        }
        Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
        Status status = Status.fromThrowable(cause);
        if (status.getCode() == Status.Code.UNAVAILABLE && status.getDescription() == null && !last.isOk()) {
            status = last;
        }
        String reason =
                firstLine(status.getDescription() == null ? status.getCode().name() : status.getDescription());
        if (status.getCause() != null && status.getCode() == Status.Code.UNAVAILABLE) {
            reason += ", " + firstLine(String.valueOf(status.getCause().getMessage()));
        }
        String sentence = switch (status.getCode()) {
            case UNAVAILABLE -> "%s cannot be reached: %s";
            case UNAUTHENTICATED, PERMISSION_DENIED -> "%s denies access (%s). AXON_AXONSERVER_TOKEN has the token";
            case DEADLINE_EXCEEDED -> "%s does not answer in time: %s";
            default -> "%s refuses: %s";
        };
        return new ToolException(sentence.formatted(server, reason), failure);
    }

    /** The description of a broken connection may end with all of its bytes. */
    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
    }
}
