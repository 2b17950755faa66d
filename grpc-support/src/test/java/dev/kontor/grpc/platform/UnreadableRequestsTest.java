package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.proto.Written;
import dev.kontor.proto.cart.CartCommandsGrpc;
import dev.kontor.proto.cart.CartCommandsGrpc.CartCommandsImplBase;
import dev.kontor.proto.cart.ClearCartRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnreadableRequestsTest {

    private static final Logger GRPC = Logger.getLogger("io.grpc");

    private final List<String> called = new CopyOnWriteArrayList<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                logged.add(line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private Server server;
    private ManagedChannel channel;

    private final class Cart extends CartCommandsImplBase {
        @Override
        public void clearCart(ClearCartRequest request, StreamObserver<Written> answer) {
            called.add(request.getCustomerId());
            answer.onNext(Written.getDefaultInstance());
            answer.onCompleted();
        }
    }

    /** Sends the given bytes unchanged. */
    private record Bytes() implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        GRPC.addHandler(handler);
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(UnreadableRequests.passedOn(
                        ServerInterceptors.interceptForward(new Cart(), new CallInterceptor(failure -> null))))
                .build()
                .start();
        channel = Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
                .build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        channel.shutdownNow();
        server.shutdownNow();
        server.awaitTermination(10, TimeUnit.SECONDS);
        GRPC.removeHandler(handler);
    }

    private static void send(Channel channel, byte[] request) {
        ClientCalls.blockingUnaryCall(
                channel,
                CartCommandsGrpc.getClearCartMethod().toBuilder(new Bytes(), new Bytes())
                        .build(),
                CallOptions.DEFAULT,
                request);
    }

    static Stream<byte[]> none_of_the_contract() {
        return Stream.of(
                // Field 1, a text of two bytes that are not UTF-8.
                new byte[] {0x0A, 2, (byte) 0xC3, 0x28},
                // A text that is shorter than its length.
                new byte[] {0x0A, 5, 'a'},
                // An unknown wire type.
                new byte[] {0x0F, 1});
    }

    @ParameterizedTest
    @MethodSource("none_of_the_contract")
    void a_request_that_cannot_be_read_is_the_clients_fault_and_costs_no_line_of_log(byte[] request)
            throws InterruptedException {
        StatusRuntimeException refused =
                catchThrowableOfType(StatusRuntimeException.class, () -> send(channel, request));

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(RefusalCodec.fromStatus(refused).problem()).isEqualTo(Problem.MALFORMED_REQUEST);
        // Wait until the server has also finished its work after the answer.
        server.shutdown();
        assertThat(server.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(called).isEmpty();
        assertThat(logged).isEmpty();
    }

    @Test
    void a_readable_request_is_answered() {
        send(channel, new byte[] {0x0A, 2, 'm', 'e'});
        CartCommandsGrpc.newBlockingStub(channel)
                .clearCart(ClearCartRequest.newBuilder().setCustomerId("you").build());

        assertThat(called).containsExactly("me", "you");
    }
}
