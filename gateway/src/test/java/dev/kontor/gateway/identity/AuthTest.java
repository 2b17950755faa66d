package dev.kontor.gateway.identity;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Written;
import dev.kontor.proto.customer.AwaitCustomerRequest;
import dev.kontor.proto.customer.AwaitCustomerResponse;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.Tokens;
import dev.kontor.testsupport.Answer;
import io.grpc.Status;
import java.math.BigInteger;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthTest extends GatewayTest {

    private static final String ANN = "{\"email\":\"ann@example.com\",\"password\":\"testPass123\",\"name\":\"Ann\"}";

    @BeforeEach
    void a_sign_up_needs_no_token() {
        sides.on(
                IdentityCommandsGrpc.getSignUpMethod(),
                q -> Written.newBuilder().setId("customer-7").setVersion(3).build());
    }

    @Test
    void a_sign_up_creates_a_customer_that_is_visible_at_once() {
        sides.on(
                CustomerQueriesGrpc.getAwaitCustomerMethod(),
                q -> AwaitCustomerResponse.newBuilder().setFresh(true).build());

        Answer answer = sendJson("POST", "/api/v1/auth/signup", ANN).hasStatus(201);

        assertThat(answer.body())
                .isEqualTo(
                        "{\"id\":\"customer-7\",\"email\":\"ann@example.com\",\"name\":\"Ann\",\"role\":\"CUSTOMER\"}");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/customers/me");
        AwaitCustomerRequest awaited = (AwaitCustomerRequest)
                sides.received(CustomerQueriesGrpc.getAwaitCustomerMethod()).request();
        assertThat(awaited.getCustomerId()).isEqualTo("customer-7");
        assertThat(awaited.getFreshness().getAtLeastVersion()).isEqualTo(3);
    }

    @Test
    void a_sign_up_that_is_not_visible_yet_is_accepted() {
        sides.on(CustomerQueriesGrpc.getAwaitCustomerMethod(), q -> AwaitCustomerResponse.getDefaultInstance());

        Answer answer = sendJson("POST", "/api/v1/auth/signup", ANN).hasStatus(202);

        assertThat(answer.body()).isEqualTo("{\"id\":\"customer-7\",\"version\":3}");
    }

    @Test
    void a_sign_up_is_accepted_even_if_reading_it_back_fails() {
        sides.on(CustomerQueriesGrpc.getAwaitCustomerMethod(), q -> {
            throw Status.UNAVAILABLE.asRuntimeException();
        });

        sendJson("POST", "/api/v1/auth/signup", ANN).hasStatus(202);
    }

    @Test
    void every_missing_value_is_named() {
        sendJson("POST", "/api/v1/auth/signup", "{\"email\":null}")
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("email")
                .namesField("password")
                .namesField("name");
    }

    @Test
    void unknown_members_are_ignored_so_a_sign_up_cannot_set_a_role() {
        sides.on(
                CustomerQueriesGrpc.getAwaitCustomerMethod(),
                q -> AwaitCustomerResponse.newBuilder().setFresh(true).build());

        Answer answer = sendJson("POST", "/api/v1/auth/signup", ANN.replace("}", ",\"role\":\"ADMIN\"}"));

        assertThat(answer.hasStatus(201).at("/role")).isEqualTo("CUSTOMER");
    }

    @Test
    void a_sign_in_answers_a_token_and_no_empty_refresh_token() {
        sides.on(
                IdentityCommandsGrpc.getSignInMethod(),
                q -> Tokens.newBuilder()
                        .setAccessToken("a.b.c")
                        .setExpiresInSeconds(900)
                        .build());

        Answer answer = sendJson("POST", "/api/v1/auth/signin", ANN).hasStatus(200);

        assertThat(answer.body())
                .isEqualTo("{\"access_token\":\"a.b.c\",\"token_type\":\"Bearer\",\"expires_in\":900}");
    }

    @Test
    void wrong_credentials_are_a_problem_of_their_own() {
        sides.on(IdentityCommandsGrpc.getSignInMethod(), q -> {
            throw new RefusedException(Problem.BAD_CREDENTIALS, Problem.BAD_CREDENTIALS.title());
        });

        Answer answer = sendJson("POST", "/api/v1/auth/signin", ANN).satisfies(problem(Problem.BAD_CREDENTIALS));

        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void the_public_keys_are_published() {
        Answer answer = send("GET", "/.well-known/jwks.json").hasStatus(200);

        assertThat(answer.header("Cache-Control")).isEqualTo("max-age=60, public");
        assertThat(answer.at("/keys/0/kty")).isEqualTo("RSA");
        assertThat(answer.at("/keys/0/alg")).isEqualTo("RS256");
        assertThat(answer.at("/keys/0/use")).isEqualTo("sig");
        assertThat(answer.at("/keys/0/kid")).isEqualTo("test-key");
        assertThat(number(answer.at("/keys/0/n")))
                .isEqualTo(authority.publicKey().getModulus());
        assertThat(number(answer.at("/keys/0/e")))
                .isEqualTo(authority.publicKey().getPublicExponent());
        assertThat(Base64.getUrlDecoder().decode(answer.at("/keys/0/n"))).hasSize(256);
    }

    @Test
    void passwords_and_tokens_are_not_in_any_string() {
        assertThat(new SignUpJson("ann@example.com", "testPass123", "Ann").toString())
                .doesNotContain("testPass123");
        assertThat(new SignInJson("ann@example.com", "testPass123", null).toString())
                .doesNotContain("testPass123");
        assertThat(TokensJson.of(Tokens.newBuilder().setAccessToken("a.b.c").build())
                        .toString())
                .doesNotContain("a.b.c");
    }

    private static BigInteger number(String base64Url) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64Url));
    }
}
