package dev.kontor.standalone.platform;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attacks from one address, with the heap of a small container, while clients at another address read and buy: all of
 * their calls succeed and the process survives. The large form, with its times, is {@code ./kontor bench attack}.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only there 127.0.0.2 is an address of the machine")
class AttackIT {

    private static final String FROM = "127.0.0.2";
    private static final int PER_ADDRESS = 100;
    private static final int ROUNDS = 20;
    private static final Duration BETWEEN_CONNECTIONS = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    static Path data;

    private static KontorProcess kontor;
    private static Shop shop;
    private static Customer buyer;
    private static Product thing;

    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private ExecutorService attackers;
    private volatile boolean isOver;

    @BeforeAll
    static void start() {
        kontor = KontorProcess.begin(
                        data,
                        Map.of("JDK_JAVA_OPTIONS", "-Xmx460m -XX:+ExitOnOutOfMemoryError"),
                        "--kontor.http.connections-per-address=" + PER_ADDRESS,
                        "--kontor.http.header-deadline=2s",
                        "--kontor.http.body-deadline=2s")
                .untilReady();
        shop = new Shop(kontor);
        buyer = shop.signedInCustomer();
        thing = shop.listedProduct(10_000);
    }

    @AfterAll
    static void stop() {
        if (kontor != null) {
            kontor.close();
        }
    }

    @BeforeEach
    void begin() {
        attackers = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterEach
    void end() throws IOException {
        isOver = true;
        synchronized (sockets) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        attackers.close();
    }

    private Socket connect() throws IOException {
        URI rest = kontor.rest();
        attempts.incrementAndGet();
        Socket socket =
                new Socket(InetAddress.ofLiteral(rest.getHost()), rest.getPort(), InetAddress.ofLiteral(FROM), 0);
        synchronized (sockets) {
            sockets.add(socket);
        }
        return socket;
    }

    /** Keeps so many connections open, sends the same on each and waits for the other end to close it. */
    private void attack(int connections, byte[] sent) {
        for (int i = 0; i < connections; i++) {
            attackers.submit(() -> {
                while (!isOver) {
                    try (Socket socket = connect()) {
                        socket.getOutputStream().write(sent);
                        socket.getInputStream().readAllBytes();
                    } catch (IOException closed) {
                        // It comes back.
                    }
                    LockSupport.parkNanos(BETWEEN_CONNECTIONS.toNanos());
                }
            });
        }
        eventually(PATIENCE, "the attack goes on", () -> attempts.get() >= connections);
    }

    private static byte[] post(String path, String token, String body, int announced) {
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer " + token + "\r\nContent-Length: " + announced + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The calls of other clients meanwhile. */
    private void other_clients_are_served() {
        Client anonymous = shop.anonymous();
        for (int round = 0; round < ROUNDS; round++) {
            anonymous.get("/api/v1/catalog/products?pageSize=10").hasStatus(200);
            shop.look(thing).hasStatus(200);
            buyer.orders(thing.times(1)).hasStatus(201);
        }
        assertThat(kontor.isAlive()).as(kontor.output()).isTrue();
    }

    @Test
    void endless_bodies_do_not_fill_the_memory() {
        String filling = "x".repeat(1_040_000);
        attack(
                100,
                post("/api/v1/orders", buyer.client().token(), "{\"lines\":[{\"productId\":\"" + filling, 1_048_000));

        other_clients_are_served();
    }

    @Test
    void a_sign_out_with_a_large_body_is_refused_at_once() {
        attack(100, post("/api/v1/auth/signout", "", "{\"refresh_token\":\"" + "x".repeat(1_040_000), 1_048_000));

        other_clients_are_served();
    }

    @Test
    void an_order_of_hundreds_of_thousands_of_lines_does_not_become_as_many_objects() {
        String body = "{\"lines\":[" + "{},".repeat(348_999) + "{}]}";
        attack(6, post("/api/v1/orders", buyer.client().token(), body, body.length()));

        other_clients_are_served();
    }

    @Test
    void slow_headers_on_hundreds_of_connections_do_not_exclude_other_clients() throws Exception {
        List<Future<?>> drips = new ArrayList<>();
        for (int i = 0; i < 3 * PER_ADDRESS; i++) {
            drips.add(attackers.submit(() -> drip(connect())));
        }
        eventually(
                PATIENCE,
                "what is beyond the bound of one address is closed",
                () -> drips.stream().filter(Future::isDone).count() >= 2 * PER_ADDRESS);

        other_clients_are_served();

        for (Future<?> drip : drips) {
            assertThat(drip.get())
                    .as("each connection was closed at its deadline, at the latest")
                    .isNull();
        }
    }

    /** Sends a byte of a header now and then, until the connection is closed. */
    private static Void drip(Socket socket) {
        try (socket) {
            socket.setSoTimeout(200);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            while (isOpen(socket)) {
                socket.getOutputStream().write('x');
            }
        } catch (IOException closed) {
            // As intended by the test.
        }
        return null;
    }

    private static boolean isOpen(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException silent) {
            return true;
        }
    }
}
