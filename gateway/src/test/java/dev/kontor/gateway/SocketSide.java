package dev.kontor.gateway;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An instance of the {@link ScriptedSides} on a port of the loopback address, configured as a side. */
final class SocketSide implements AutoCloseable {

    private final HealthStatusManager health = new HealthStatusManager();
    private final AtomicInteger calls = new AtomicInteger();
    private int port;
    private Server server;

    SocketSide() {
        says(ServingStatus.SERVING);
        start();
    }

    /** Restarts it on the same port, after it was killed. */
    void start() {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(health.getHealthService());
        try {
            server = ScriptedSides.INSTANCE
                    .serve(builder)
                    .intercept(new CountingInterceptor())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = server.getPort();
    }

    private final class CountingInterceptor implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (call.getMethodDescriptor().getServiceName().contains("CatalogQueries")) {
                calls.incrementAndGet();
            }
            return next.startCall(call, headers);
        }
    }

    int port() {
        return port;
    }

    String target() {
        return "list:///127.0.0.1:" + port;
    }

    /** Number of calls of the catalog that reached this instance. */
    int calls() {
        return calls.get();
    }

    void says(ServingStatus status) {
        // The health service that reports whether a side accepts calls.
        health.setStatus("calls", status);
    }

    void kill() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
