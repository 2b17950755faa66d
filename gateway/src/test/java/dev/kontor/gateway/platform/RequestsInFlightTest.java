package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.grpc.identity.ClientNetwork;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * With a heap of 100 MiB: 3 MiB for large bodies, 384 requests, 192 of one address, and 10 MiB for large answers, half
 * of it for one address.
 */
class RequestsInFlightTest {

    private static final long HEAP = 100 << 20;
    private static final int LARGE = 1 << 20;

    private final HttpSettings settings = new HttpSettings(
            8_192, 2_048, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60), 3, 12, 10, List.of());
    private final BodyLimit limit = new BodyLimit(settings, HEAP, System::nanoTime);

    private static MockHttpServletRequest post(String address, int bytes) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/orders");
        request.setServletPath("/api/v1/orders");
        request.setRemoteAddr(address);
        request.setContent(new byte[bytes]);
        return request;
    }

    /** Sends a request while {@code depth} others, whose bodies have been read, are not answered yet. */
    private MockHttpServletResponse nested(int depth, int bytes, MockHttpServletRequest last)
            throws ServletException, IOException {
        MockHttpServletResponse innermost = new MockHttpServletResponse();
        send(depth, bytes, last, innermost);
        return innermost;
    }

    private void send(int depth, int bytes, MockHttpServletRequest last, MockHttpServletResponse innermost)
            throws ServletException, IOException {
        if (depth == 0) {
            limit.doFilter(
                    last,
                    innermost,
                    (request, response) -> request.getInputStream().readAllBytes());
            return;
        }
        limit.doFilter(post("10.0.0.1", bytes), new MockHttpServletResponse(), (request, response) -> {
            request.getInputStream().readAllBytes();
            send(depth - 1, bytes, last, innermost);
        });
    }

    @Test
    void large_bodies_share_a_budget_and_small_ones_need_none() throws ServletException, IOException {
        assertThat(nested(2, LARGE, post("10.0.0.2", LARGE)).getStatus()).isEqualTo(200);
        assertThatThrownBy(() -> nested(3, LARGE, post("10.0.0.2", LARGE)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.OVERLOADED));
        assertThat(nested(3, LARGE, post("10.0.0.2", RequestsInFlight.FREE_BYTES))
                        .getStatus())
                .isEqualTo(200);
    }

    @Test
    void the_budget_is_returned_however_a_request_ends() throws ServletException, IOException {
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> limit.doFilter(
                            post("10.0.0.1", LARGE), new MockHttpServletResponse(), (request, response) -> {
                                request.getInputStream().readAllBytes();
                                throw new IOException("broken");
                            }))
                    .hasMessage("broken");
        }

        assertThat(nested(2, LARGE, post("10.0.0.2", LARGE)).getStatus()).isEqualTo(200);
    }

    @Test
    void one_address_has_at_most_half_of_the_requests() throws ServletException, IOException {
        MockHttpServletResponse refused = nested(191, 10, post("10.0.0.1", 10));
        assertThat(refused.getStatus()).isEqualTo(200);

        refused = nested(192, 10, post("10.0.0.1", 10));
        assertThat(refused.getStatus()).isEqualTo(503);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(nested(192, 10, post("10.0.0.2", 10)).getStatus()).isEqualTo(200);
    }

    private static void isAnswered(boolean expected, RequestsInFlight inFlight, String network, long bytes) {
        assertThat(new HeldAnswer(inFlight, network).take(bytes)).isEqualTo(expected);
    }

    @Test
    void large_answers_share_a_budget_of_which_one_address_has_half_and_small_ones_need_none() {
        RequestsInFlight inFlight = new RequestsInFlight(settings, HEAP);
        List<HeldAnswer> held = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            HeldAnswer answer = new HeldAnswer(inFlight, "10.0.0." + i / 2);
            // Three times: as a message, as objects and as JSON.
            assertThat(answer.take(800_000)).isTrue();
            held.add(answer);
            if (i == 1) {
                isAnswered(false, inFlight, "10.0.0.0", 800_000);
            }
        }
        isAnswered(false, inFlight, "10.0.0.2", 800_000);
        isAnswered(true, inFlight, "10.0.0.2", RequestsInFlight.FREE_BYTES);
        isAnswered(true, inFlight, "10.0.0.0", RequestsInFlight.FREE_BYTES);

        held.forEach(HeldAnswer::giveBack);

        isAnswered(true, inFlight, "10.0.0.0", 1_600_000);
    }

    @Test
    void of_the_answers_to_one_request_the_largest_counts() {
        RequestsInFlight inFlight = new RequestsInFlight(settings, HEAP);
        HeldAnswer answer = new HeldAnswer(inFlight, "10.0.0.1");

        for (int i = 0; i < 100; i++) {
            assertThat(answer.take(1_000_000 + i)).isTrue();
        }

        isAnswered(false, inFlight, "10.0.0.1", 1_000_000);
    }

    @Test
    void a_piece_that_is_written_at_once_counts_until_the_request_ends() throws ServletException, IOException {
        byte[] piece = new byte[1_000_000];
        for (int i = 0; i < 20; i++) {
            MockHttpServletResponse response = new MockHttpServletResponse();
            limit.doFilter(post("10.0.0.1", 10), response, (request, counted) -> {
                counted.getOutputStream().write(piece);
                assertThatThrownBy(() -> limit.doFilter(
                                post("10.0.0.1", 10),
                                new MockHttpServletResponse(),
                                (inner, second) -> second.getOutputStream().write(piece)))
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                refused -> assertThat(refused.problem()).isEqualTo(Problem.OVERLOADED));
            });
            assertThat(response.getContentAsByteArray()).hasSize(piece.length);
        }
    }

    @Test
    void pages_are_read_within_the_budget_and_one_address_reads_half() {
        PageReadLimit pages = new PageReadLimit(32 << 20, Duration.ZERO);
        List<PageReadLimit.Turn> turns = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            turns.add(pages.await("10.0.0." + i / 4));
            assertThat(turns.getLast()).isNotNull();
            if (i == 3) {
                assertThat(pages.await("10.0.0.0")).isNull();
            }
        }
        assertThat(pages.await("10.0.0.2")).isNull();

        // To end a turn is idempotent.
        turns.getFirst().end();
        turns.getFirst().end();

        assertThat(pages.await("10.0.0.1")).as("the address has its half").isNull();
        assertThat(pages.await("10.0.0.2")).isNotNull();
        assertThat(pages.await("10.0.0.2")).isNull();
    }

    @Test
    void a_page_waits_for_its_turn() throws Exception {
        PageReadLimit pages = new PageReadLimit(0, Duration.ofSeconds(60));
        List<PageReadLimit.Turn> both = List.of(pages.await("10.0.0.1"), pages.await("10.0.0.1"));

        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<PageReadLimit.Turn> third = others.submit(() -> pages.await("10.0.0.1"));
            both.getFirst().end();

            assertThat(third.get()).isNotNull();
        }
    }

    @Test
    void an_ipv6_network_counts_as_one_address() {
        assertThat(ClientNetwork.of("2001:db8::1")).isEqualTo(ClientNetwork.of("2001:db8::ffff"));
        assertThat(ClientNetwork.of("2001:db8::1")).isNotEqualTo(ClientNetwork.of("2001:db8:0:1::1"));
        assertThat(ClientNetwork.of("unknown")).isEqualTo("unknown");
    }

    @Test
    void a_count_of_zero_takes_no_memory() {
        PerAddressLimit counts = new PerAddressLimit(1);
        assertThat(counts.enter("a")).isTrue();
        assertThat(counts.enter("a")).isFalse();
        counts.leave("a");

        assertThat(counts.size()).isZero();
        assertThat(counts.enter("a")).isTrue();
    }
}
