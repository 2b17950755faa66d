package dev.kontor.gateway.identity;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.proto.identity.TokenVerificationGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that the gateway does not know yet. */
class NewKeyTest extends GatewayTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @BeforeEach
    void every_customer_has_a_cart() {
        sides.on(CartQueriesGrpc.getGetCartMethod(), q -> GetCartResponse.getDefaultInstance());
        sendAs(CUSTOMER, "GET", "/api/v1/cart").hasStatus(200);
    }

    private int publishedKeys() {
        return send("GET", "/.well-known/jwks.json")
                .hasStatus(200)
                .json()
                .get("keys")
                .size();
    }

    @Test
    void the_first_token_of_a_new_key_is_accepted() {
        sides.publish(authority.publishedWithNext());

        sendAs(authority.tokenOfNextKey("customer-1", "CUSTOMER"), "GET", "/api/v1/cart")
                .hasStatus(200);
    }

    @Test
    void a_new_key_is_published_within_a_moment() {
        await().atMost(LONG).until(() -> publishedKeys() == 1);

        sides.publish(authority.publishedWithNext());

        await().atMost(LONG).until(() -> publishedKeys() == 2);
    }

    @Test
    void invented_key_ids_are_refused_cost_few_calls_and_do_not_delay_known_keys() {
        sides.publish(authority.published());
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        int before = sides.count(TokenVerificationGrpc.getListKeysMethod());
        for (int i = 0; i < 50; i++) {
            String forged = authority.tokenOfUnknownKey("made-up-" + i);
            answers.add(CompletableFuture.supplyAsync(
                    () -> sendAs(forged, "GET", "/api/v1/cart")
                            .satisfies(problem(Problem.UNAUTHENTICATED))
                            .status(),
                    Thread::startVirtualThread));
        }
        for (int i = 0; i < 20; i++) {
            sendAs(CUSTOMER, "GET", "/api/v1/cart").hasStatus(200);
        }

        long begin = System.nanoTime();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(401));
        long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        assertThat(sides.count(TokenVerificationGrpc.getListKeysMethod()) - before)
                .isLessThanOrEqualTo((int) seconds + 10);
    }
}
