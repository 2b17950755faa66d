package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** HTTP/2 in clear text, by prior knowledge: the bounds of one connection. */
@TestPropertySource(properties = "server.http2.enabled=true")
class Http2Test extends GatewayTest {

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;

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

    /** GET / of this server, without compression of the headers. */
    private static byte[] get(int stream) {
        byte[] host = "127.0.0.1".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer headers = ByteBuffer.allocate(5 + host.length)
                .put((byte) 0x82)
                .put((byte) 0x86)
                .put((byte) 0x84)
                .put((byte) 0x41)
                .put((byte) host.length)
                .put(host);
        return frame(HEADERS, WHOLE_REQUEST, stream, headers.array());
    }

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
