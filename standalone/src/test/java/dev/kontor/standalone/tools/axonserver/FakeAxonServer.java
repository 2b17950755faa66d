package dev.kontor.standalone.tools.axonserver;

import io.axoniq.axonserver.grpc.control.ClientIdentification;
import io.axoniq.axonserver.grpc.control.PlatformInfo;
import io.axoniq.axonserver.grpc.control.PlatformServiceGrpc.PlatformServiceImplBase;
import io.axoniq.axonserver.grpc.event.Confirmation;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventStoreGrpc.EventStoreImplBase;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.axoniq.axonserver.grpc.event.GetEventsRequest;
import io.axoniq.axonserver.grpc.event.GetLastTokenRequest;
import io.axoniq.axonserver.grpc.event.TrackingToken;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** The parts of an Axon Server that write and read a log, on the loopback address. It can be made to fail. */
public final class FakeAxonServer implements AutoCloseable {

    private static final Metadata.Key<String> TOKEN =
            Metadata.Key.of("AxonIQ-Access-Token", Metadata.ASCII_STRING_MARSHALLER);

    public final List<Event> events = new CopyOnWriteArrayList<>();
    /** The next so many transactions are written, later ones fail. */
    public volatile int transactionsLeft = Integer.MAX_VALUE;

    public volatile int transactions;
    /** Translates what was written into what is read. */
    public volatile UnaryOperator<EventWithToken> reading = UnaryOperator.identity();

    private final Server server;
    private final int port;
    private volatile String token;

    public FakeAxonServer() {
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                    .intercept(new Authentication())
                    .addService(new Platform())
                    .addService(new EventStore())
                    .build()
                    .start();
            port = server.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void asksFor(String accessToken) {
        token = accessToken;
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    private final class Authentication implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (token == null || token.equals(headers.get(TOKEN))) {
                return next.startCall(call, headers);
            }
            call.close(Status.UNAUTHENTICATED.withDescription("Invalid token"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }

    private static final class Platform extends PlatformServiceImplBase {
        @Override
        public void getPlatformServer(ClientIdentification client, StreamObserver<PlatformInfo> answer) {
            answer.onNext(PlatformInfo.newBuilder().setSameConnection(true).build());
            answer.onCompleted();
        }
    }

    private final class EventStore extends EventStoreImplBase {

        @Override
        public void getLastToken(GetLastTokenRequest request, StreamObserver<TrackingToken> answer) {
            answer.onNext(TrackingToken.newBuilder().setToken(events.size() - 1).build());
            answer.onCompleted();
        }

        @Override
        public StreamObserver<Event> appendEvent(StreamObserver<Confirmation> answer) {
            List<Event> transaction = new ArrayList<>();
            return new Requests<>() {
                @Override
                public void onNext(Event event) {
                    transaction.add(event);
                }

                @Override
                public void onCompleted() {
                    if (transactionsLeft-- <= 0) {
                        answer.onError(
                                Status.UNAVAILABLE.withDescription("going down").asException());
                        return;
                    }
                    transactions++;
                    events.addAll(transaction);
                    answer.onNext(Confirmation.newBuilder().setSuccess(true).build());
                    answer.onCompleted();
                }
            };
        }

        @Override
        public StreamObserver<GetEventsRequest> listEvents(StreamObserver<EventWithToken> answer) {
            return new Requests<>() {
                private long next = -1;
                private long permits;

                @Override
                public void onNext(GetEventsRequest request) {
                    next = next < 0 ? request.getTrackingToken() : next;
                    permits += request.getNumberOfPermits();
                    for (; permits > 0 && next < events.size(); permits--) {
                        answer.onNext(reading.apply(EventWithToken.newBuilder()
                                .setToken(next)
                                .setEvent(events.get((int) next++))
                                .build()));
                    }
                }

                @Override
                public void onCompleted() {
                    answer.onCompleted();
                }
            };
        }
    }

    private abstract static class Requests<T> implements StreamObserver<T> {
        @Override
        public void onError(Throwable cancelled) {
            // The client has gone; there is nothing to undo.
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
