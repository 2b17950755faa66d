package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.RawClient;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.WatchOrderResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** HTTP/2 in clear text, by prior knowledge: the bounds of one connection. */
@TestPropertySource(properties = {"server.http2.enabled=true", "kontor.live.heartbeat=1s"})
class Http2Test extends GatewayTest {

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final Duration LONG = Duration.ofSeconds(60);

    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;

    private static final byte INDEXED_GET = (byte) 0x82;
    private static final byte INDEXED_ROOT = (byte) 0x84;
    private static final byte INDEXED_HTTP = (byte) 0x86;
    private static final int AUTHORITY = 1;
    private static final int PATH = 4;
    private static final int AUTHORIZATION = 23;

    private static final int WHOLE_REQUEST = 0x5;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int CANCEL = 8;
    private static final int ENHANCE_YOUR_CALM = 11;

    private static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) 0)
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** GET / of this server. */
    private static byte[] get(int stream) {
        return get(stream, new byte[] {INDEXED_ROOT});
    }

    /** GET of this server, without compression of the headers. */
    private static byte[] get(int stream, byte[]... headers) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(new byte[] {INDEXED_GET, INDEXED_HTTP});
        block.writeBytes(header(AUTHORITY, "127.0.0.1"));
        for (byte[] header : headers) {
            block.writeBytes(header);
        }
        return frame(HEADERS, WHOLE_REQUEST, stream, block.toByteArray());
    }

    /** @param name its number in the table of HPACK */
    private static byte[] header(int name, String value) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(0x40 | name);
        int rest = value.length() - 0x7f;
        header.write(Math.min(value.length(), 0x7f));
        for (; rest >= 0; rest = rest < 0x80 ? -1 : rest >> 7) {
            header.write(rest < 0x80 ? rest : rest & 0x7f | 0x80);
        }
        header.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
        return header.toByteArray();
    }

    @Autowired
    private EventStreams streams;

    private RawClient connected() throws IOException {
        return new RawClient(port).send(PREFACE).send(frame(SETTINGS, 0, 0));
    }

    /** The first frame of the server. */
    private static ByteBuffer settingsOf(RawClient client) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(client.read(9));
        assertThat(head.get(3)).isEqualTo((byte) SETTINGS);
        return ByteBuffer.wrap(client.read(head.getInt() >> 8));
    }

    @Test
    void a_connection_has_at_most_a_hundred_streams_at_a_time() throws IOException {
        try (RawClient client = connected()) {
            ByteBuffer settings = settingsOf(client);
            long most = -1;
            while (settings.hasRemaining()) {
                int name = settings.getShort();
                int value = settings.getInt();
                most = name == MAX_CONCURRENT_STREAMS ? value : most;
            }
            assertThat(most).isEqualTo(100);
        }
    }

    /** Each reset stream would be a request without the cost of an answer (CVE-2023-44487). */
    @Test
    void a_client_that_resets_stream_after_stream_loses_its_connection() throws IOException {
        try (RawClient client = connected()) {
            settingsOf(client);
            ByteArrayOutputStream flood = new ByteArrayOutputStream();
            for (int stream = 1; stream < 4_000; stream += 2) {
                flood.writeBytes(get(stream));
                flood.writeBytes(frame(RESET, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) CANCEL));
            }
            try {
                client.send(flood.toByteArray());
            } catch (IOException closed) {
                // The server does not read the flood to its end.
            }

            byte[] answer = client.untilClosed().getBytes(StandardCharsets.ISO_8859_1);

            assertThat(errorOfGoAway(answer)).isIn(ENHANCE_YOUR_CALM, -1);
        }
        send("GET", "/actuator/health").hasStatus(200);
    }

    /** The client reads its connection, but never raises the window of the stream, which is 65,535 bytes. */
    @Test
    void an_event_stream_that_is_not_read_holds_a_bounded_number_of_bytes_and_is_cut_off() throws Exception {
        BlockingQueue<ServerCallStreamObserver<WatchOrderResponse>> opened = new LinkedBlockingQueue<>();
        AtomicInteger sent = new AtomicInteger();
        sides.onStream(OrderQueriesGrpc.getWatchOrderMethod(), (request, answers) -> {
            opened.add(answers);
            answers.setOnReadyHandler(() -> {
                while (answers.isReady()) {
                    answers.onNext(LargeOrder.inVersion(sent.getAndIncrement()));
                }
            });
        });
        try (RawClient client = connected()) {
            settingsOf(client);
            client.send(
                    get(1, header(PATH, "/api/v1/orders/order-1/events"), header(AUTHORIZATION, "Bearer " + CUSTOMER)));
            ServerCallStreamObserver<WatchOrderResponse> side = opened.poll(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(side).as("the side gets the call").isNotNull();

            long read = bytesUntilTheEndOfStream(client);

            assertThat(read).isLessThan(100_000);
            await().atMost(LONG).until(side::isCancelled);
            long bytes = (long) sent.get() * LargeOrder.inVersion(0).getSerializedSize();
            assertThat(bytes).as("%d documents were taken", sent.get()).isLessThan(2 << 20);
            assertThat(cuts()).isGreaterThanOrEqualTo(1);
        }
    }

    /** Reads until the server resets the stream. */
    private static long bytesUntilTheEndOfStream(RawClient client) throws IOException {
        long bytes = 0;
        while (true) {
            ByteBuffer head = ByteBuffer.wrap(client.read(9));
            assertThat(head.remaining()).as("the server ends the stream").isEqualTo(9);
            int length = head.getInt(0) >>> 8;
            bytes += length;
            client.read(length);
            if (head.get(3) == RESET && head.getInt(5) == 1) {
                return bytes;
            }
        }
    }

    private double cuts() {
        MeterRegistry meters = new SimpleMeterRegistry();
        streams.bindTo(meters);
        return meters.get("kontor.live.cuts").functionCounter().count();
    }

    /** -1 if the connection was reset before the frame was read. */
    private static int errorOfGoAway(byte[] frames) {
        ByteBuffer rest = ByteBuffer.wrap(frames);
        while (rest.remaining() >= 9) {
            int length = rest.getInt(rest.position()) >>> 8;
            int type = rest.get(rest.position() + 3);
            if (type == GO_AWAY && rest.remaining() >= 17) {
                return rest.getInt(rest.position() + 13);
            }
            rest.position(Math.min(rest.limit(), rest.position() + 9 + length));
        }
        return -1;
    }
}
