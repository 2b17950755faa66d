package dev.kontor.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.TestAuthority;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.TokensVoid;
import dev.kontor.wire.operations.Problem;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RevocationTest extends GatewayTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @BeforeEach
    void everybody_has_a_cart() {
        sides.on(CartQueriesGrpc.getGetCartMethod(), q -> GetCartResponse.getDefaultInstance());
    }

    private int cartOf(String token) {
        return sendAs(token, "GET", "/api/v1/cart").status();
    }

    @Test
    void what_the_feed_tells_is_refused_within_a_moment() {
        String token = authority.token("customer-whose-password-changes", "CUSTOMER");
        assertThat(cartOf(token)).isEqualTo(200);

        sides.revoke(Revocation.newBuilder()
                .setTokens(TokensVoid.newBuilder()
                        .setCustomerId(TestAuthority.idOf("customer-whose-password-changes"))
                        .setBelowVersion(2))
                .build());

        await().atMost(LONG).until(() -> cartOf(token) == 401);
        sendAs(token, "GET", "/api/v1/cart").isProblem(Problem.UNAUTHENTICATED);
        assertThat(cartOf(authority.token("another-customer", "CUSTOMER"))).isEqualTo(200);
    }
}
