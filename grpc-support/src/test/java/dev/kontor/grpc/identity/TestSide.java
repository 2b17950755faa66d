package dev.kontor.grpc.identity;

import dev.kontor.grpc.platform.CallInterceptor;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.RequestId;
import dev.kontor.proto.Written;
import dev.kontor.proto.cart.CartCommandsGrpc;
import dev.kontor.proto.cart.CartCommandsGrpc.CartCommandsBlockingStub;
import dev.kontor.proto.cart.ClearCartRequest;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.ListSigningKeysRequest;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.proto.operations.ListViewsRequest;
import dev.kontor.proto.operations.ListViewsResponse;
import dev.kontor.proto.operations.ViewOperationsGrpc;
import dev.kontor.testsupport.GrpcCalls;
import dev.kontor.testsupport.MutableClock;
import dev.kontor.testsupport.TokenForge;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.ChannelzService;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.slf4j.MDC;

/** A side with one method of each access, behind the interceptors that every side has. */
public final class TestSide implements AutoCloseable {

    /** A call that reached a method. */
    public record Seen(Optional<Caller> caller, String requestId, String loggedAs, Deadline deadline) {}

    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private final Server server;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private volatile Runnable behaviour = () -> {};

    /** @param translation as of {@link CallInterceptor} */
    public TestSide(VerificationKeys keys, Clock clock, Function<Throwable, RefusedException> translation) {
        try {
            server = InProcessServerBuilder.forName(InProcessServerBuilder.generateName())
                    .addService(new Identity())
                    .addService(new Cart())
                    .addService(new Views())
                    .addService(new HealthStatusManager().getHealthService())
                    .addService(ChannelzService.newInstance(10))
                    // The last interceptor is the outermost.
                    .intercept(new AccessInterceptor(new TokenVerifier(keys, Revocations.NONE, clock)))
                    .intercept(new CallInterceptor(translation))
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A side with the forge's keys and clock, without a translation. */
    public static TestSide simple() {
        return new TestSide(
                id -> id.equals(TokenForge.KEY_ID) ? Optional.of(TokenForge.publicKey()) : Optional.empty(),
                new MutableClock(TokenForge.NOW),
                failure -> null);
    }

    /** Makes its methods do this before they answer. */
    public void does(Runnable work) {
        behaviour = work;
    }

    /** The calls that reached a method since this was last called. */
    public List<Seen> seen() {
        List<Seen> calls = new ArrayList<>();
        seen.drainTo(calls);
        return calls;
    }

    public Channel channel() {
        ManagedChannel channel = InProcessChannelBuilder.forName(
                        server.getListenSockets().getFirst().toString())
                .build();
        channels.add(channel);
        return channel;
    }

    /** A channel with the gateway's interceptor. */
    Channel gatewayChannel(Duration defaultDeadline) {
        return ClientInterceptors.intercept(channel(), new OutgoingCalls(defaultDeadline, Optional.empty()));
    }

    /** A channel whose calls carry these headers. */
    Channel channelWith(String... namesAndValues) {
        return GrpcCalls.withHeaders(channel(), namesAndValues);
    }

    void callPublic(Channel channel) {
        IdentityCommandsGrpc.newBlockingStub(channel).listSigningKeys(ListSigningKeysRequest.getDefaultInstance());
    }

    void callSignedIn(Channel channel) {
        callSignedIn(CartCommandsGrpc.newBlockingStub(channel));
    }

    void callSignedIn(CartCommandsBlockingStub stub) {
        stub.clearCart(ClearCartRequest.getDefaultInstance());
    }

    void callAdmin(Channel channel) {
        ViewOperationsGrpc.newBlockingStub(channel).listViews(ListViewsRequest.getDefaultInstance());
    }

    static HealthGrpc.HealthBlockingStub health(Channel channel) {
        return HealthGrpc.newBlockingStub(channel);
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        server.shutdownNow();
    }

    private <A> void answer(StreamObserver<A> observer, A answer) {
        seen.add(new Seen(
                Caller.current(),
                RequestId.current(),
                MDC.get(RequestId.NAME),
                Context.current().getDeadline()));
        behaviour.run();
        observer.onNext(answer);
        observer.onCompleted();
    }

    private final class Identity extends IdentityCommandsGrpc.IdentityCommandsImplBase {
        @Override
        public void listSigningKeys(ListSigningKeysRequest request, StreamObserver<SigningKeys> observer) {
            answer(observer, SigningKeys.getDefaultInstance());
        }
    }

    private final class Cart extends CartCommandsGrpc.CartCommandsImplBase {
        @Override
        public void clearCart(ClearCartRequest request, StreamObserver<Written> observer) {
            answer(observer, Written.getDefaultInstance());
        }
    }

    private final class Views extends ViewOperationsGrpc.ViewOperationsImplBase {
        @Override
        public void listViews(ListViewsRequest request, StreamObserver<ListViewsResponse> observer) {
            answer(observer, ListViewsResponse.getDefaultInstance());
        }
    }
}
