package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

/** Slow clients, with short deadlines and small bounds. */
@TestPropertySource(
        properties = {
            "server.http2.enabled=true",
            "kontor.http.header-deadline=1s",
            "kontor.http.body-deadline=1s",
            "kontor.http.connections-per-address=12"
        })
class SlowClientsTest extends GatewayTest {

    private static final String POST =
            "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n";

    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(RawClient::close);
    }

    private RawClient client() throws IOException {
        RawClient client = new RawClient(port);
        clients.add(client);
        return client;
    }

    /** Tomcat's own timeout restarts with every byte. */
    private static void isClosedHoweverItDrips(RawClient client, String drip) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> client.isClosedAfter(drip));
    }

    @Test
    void slow_headers_end_at_their_deadline() throws IOException {
        isClosedHoweverItDrips(client().send("GET /api/v1/catalog/products HTTP/1.1\r\nX: "), "x");
    }

    @Test
    void a_slow_request_line_ends_at_its_deadline() throws IOException {
        isClosedHoweverItDrips(client().send("GET /"), "x");
    }

    @Test
    void blank_lines_do_not_extend_the_deadline() throws IOException {
        isClosedHoweverItDrips(client(), "\r\n");
    }

    @Test
    void the_second_request_of_a_connection_has_a_deadline_as_well() throws IOException {
        RawClient client = client().send("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(client.answer()).startsWith("HTTP/1.1 404");

        isClosedHoweverItDrips(client.send("GET /nothing HTTP/1.1\r\nX: "), "x");
    }

    @Test
    void a_silent_connection_is_closed() throws IOException {
        assertThat(client().send("GET /").untilClosed()).isEmpty();
    }

    @Test
    void a_slow_body_ends_at_its_deadline() throws IOException {
        isClosedHoweverItDrips(client().send(POST.formatted("/api/v1/auth/signin", 8_000)), " ");
    }

    @Test
    void a_stalled_body_ends_at_its_deadline() throws IOException {
        RawClient client = client().send(POST.formatted("/api/v1/auth/signin", 8_000) + " ".repeat(7_999));

        assertThat(client.untilClosed()).matches("(?s)HTTP/1.1 4\\d\\d .*application/problem\\+json.*");
    }

    @Test
    void an_unread_body_ends_at_its_deadline() throws IOException {
        RawClient client = client().send(POST.formatted("/api/v1/orders", 8_000));
        assertThat(client.answer()).startsWith("HTTP/1.1 401");

        isClosedHoweverItDrips(client, " ");
    }

    @Test
    void a_short_unread_body_does_not_end_the_connection() throws IOException {
        RawClient client = client();
        for (int i = 0; i < 3; i++) {
            assertThat(client.send(POST.formatted("/api/v1/orders", 5) + "12345")
                            .answer())
                    .startsWith("HTTP/1.1 401");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/auth/signout", "/api/v1/auth/sign%6fut"})
    void bodies_of_authentication_are_limited_to_a_few_kilobytes(String path) throws IOException {
        assertThat(client().send(POST.formatted(path, 8_193)).answer())
                .startsWith("HTTP/1.1 413")
                .contains("payload-too-large");
        assertThat(client().send(POST.formatted(path, 8_192) + " ".repeat(8_192))
                        .answer())
                .doesNotStartWith("HTTP/1.1 413");
    }

    @Test
    void the_connections_of_an_address_are_limited() throws IOException {
        await().atMost(Duration.ofSeconds(60)).until(this::areElevenMoreOpen);
        // One of the twelve may belong to another test of this class.
        List<RawClient> open =
                clients.stream().filter(client -> !client.isClosed()).toList();
        assertThat(open).hasSizeBetween(1, 12);

        open.forEach(RawClient::close);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(client().send("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .answer())
                        .startsWith("HTTP/1.1 404"));
    }

    /** Opens connections until one is closed at once. */
    private boolean areElevenMoreOpen() throws IOException {
        return client().isClosed();
    }

    @Test
    void http_2_works_with_prior_knowledge() throws IOException {
        byte[] emptySettings = {0, 0, 0, 4, 0, 0, 0, 0, 0};

        byte[] frame = client().send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                .send(emptySettings)
                .read(9);

        assertThat(frame).hasSize(9);
        assertThat(frame[3]).as("the type of the first frame: settings").isEqualTo((byte) 4);
    }

    @Test
    void an_upgrade_to_http_2_is_ignored_and_its_body_is_read_like_any() throws IOException {
        String body = "{\"email\":\"a@example.com\"," + " ".repeat(5_000) + "\"password\":7}";

        String answer = client().send("POST /api/v1/auth/signin HTTP/1.1\r\nHost: localhost\r\n"
                        + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                        + "HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .answer();

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"field\":\"password\"");
    }
}
