package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.proto.Written;
import dev.kontor.proto.order.CancelOrderRequest;
import dev.kontor.proto.order.GetOrderRequest;
import dev.kontor.proto.order.GetOrderResponse;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.proto.order.OrderQueriesGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InProcessCallsTest {

    private volatile Thread handler;
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        String name = InProcessServerBuilder.generateName();
        InProcessServerBuilder builder = InProcessServerBuilder.forName(name)
                .addService(new OrderQueriesGrpc.OrderQueriesImplBase() {
                    @Override
                    public void getOrder(GetOrderRequest request, StreamObserver<GetOrderResponse> answer) {
                        handler = Thread.currentThread();
                        answer.onNext(GetOrderResponse.getDefaultInstance());
                        answer.onCompleted();
                    }
                })
                .addService(new OrderCommandsGrpc.OrderCommandsImplBase() {
                    @Override
                    public void cancelOrder(CancelOrderRequest request, StreamObserver<Written> answer) {
                        handler = Thread.currentThread();
                        answer.onNext(Written.getDefaultInstance());
                        answer.onCompleted();
                    }
                });
        new InProcessCalls()
                .threadsOfCalls(() -> Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("command-", 0).factory()))
                .customize(builder);
        server = builder.build().start();
        channel = InProcessChannelBuilder.forName(name).build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void a_query_runs_on_the_thread_of_its_caller() {
        OrderQueriesGrpc.newBlockingStub(channel).getOrder(GetOrderRequest.getDefaultInstance());

        assertThat(handler).isSameAs(Thread.currentThread());
    }

    @Test
    void a_command_runs_on_a_thread_of_its_own() {
        OrderCommandsGrpc.newBlockingStub(channel).cancelOrder(CancelOrderRequest.getDefaultInstance());

        assertThat(handler.getName()).startsWith("command-");
    }
}
