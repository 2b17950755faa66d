package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.SharedKontor;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A session lasts from a sign-in until it is ended, by its customer or by the system. */
@OnSharedKontor
class SessionIT {

    private static final String ME = "/api/v1/customers/me";
    private static final String SESSIONS = ME + "/sessions";

    private final Shop shop;
    private final String email = "session-" + UUID.randomUUID() + "@example.com";
    private final String refreshToken;
    private final Client client;

    SessionIT(Shop shop) {
        this.shop = shop;
        shop.signUp(email).hasStatus(201);
        Answer tokens = signIn();
        this.refreshToken = tokens.at("/refresh_token");
        this.client = shop.anonymous().withToken(tokens.at("/access_token"));
    }

    private Answer signIn() {
        return shop.signIn(email, Shop.PASSWORD).hasStatus(200);
    }

    private Answer refresh(String token) {
        return shop.anonymous().sendJson("POST", "/api/v1/auth/refresh", Map.of("refresh_token", token));
    }

    private static void assertWorks(Client client) {
        client.get(ME).hasStatus(200);
    }

    private static void assertRefused(Client client) {
        client.get(ME).isProblem(401, "unauthenticated");
    }

    @Test
    void sign_in_answers_both_tokens_with_type_and_lifetime() {
        Answer tokens = signIn();

        assertThat(tokens.at("/token_type")).isEqualTo("Bearer");
        assertThat(tokens.number("/expires_in")).isEqualTo(900);
        assertThat(tokens.at("/access_token")).isNotEmpty();
        assertThat(tokens.at("/refresh_token")).isNotEmpty();
        assertThat(tokens.header("Cache-Control")).contains("no-store");
    }

    @Test
    void a_refresh_token_works_once_and_the_next_one_once_more() {
        Answer second = refresh(refreshToken).hasStatus(200);
        assertWorks(shop.anonymous().withToken(second.at("/access_token")));

        Answer third = refresh(second.at("/refresh_token")).hasStatus(200);

        assertWorks(shop.anonymous().withToken(third.at("/access_token")));
        assertWorks(client);
    }

    @Test
    void a_used_refresh_token_ends_its_session() {
        Answer second = refresh(refreshToken).hasStatus(200);
        Client refreshed = shop.anonymous().withToken(second.at("/access_token"));
        Answer elsewhere = signIn();

        refresh(refreshToken).isProblem(401, "invalid-refresh-token");

        refresh(second.at("/refresh_token")).isProblem(401, "invalid-refresh-token");
        assertRefused(refreshed);
        assertRefused(client);
        assertWorks(shop.anonymous().withToken(elsewhere.at("/access_token")));
    }

    @Test
    void of_two_simultaneous_refreshes_at_most_one_gets_tokens() {
        List<Answer> answers = ParallelClients.allAtOnce(8, () -> refresh(refreshToken));

        assertThat(answers)
                .filteredOn(answer -> answer.status() == 200)
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(won -> refresh(won.at("/refresh_token")).isProblem(401, "invalid-refresh-token"));
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(lost -> assertThat(lost.status()).isIn(401, 409));
        assertRefused(client);
    }

    @Test
    void an_invalid_text_an_access_token_or_an_empty_body_is_refused_as_a_refresh_token() {
        String session = refreshToken.substring(0, 36);
        for (String junk : List.of(
                "",
                " ",
                "junk",
                client.token(),
                session,
                session + ".",
                UUID.randomUUID() + refreshToken.substring(36),
                refreshToken + "A",
                refreshToken.repeat(90),
                "\u0000." + refreshToken)) {
            refresh(junk).isProblem(401, "invalid-refresh-token");
        }
        refresh(refreshToken.repeat(300)).isProblem(413, "payload-too-large");
        shop.anonymous().sendJson("POST", "/api/v1/auth/refresh", "{}").isProblem(401, "invalid-refresh-token");
        shop.anonymous()
                .sendJson("POST", "/api/v1/auth/refresh", "{\"refresh_token\":null}")
                .isProblem(401, "invalid-refresh-token");
        refresh(refreshToken).hasStatus(200);
    }

    @Test
    void a_refresh_may_also_send_the_old_access_token() {
        Answer second = client.sendJson("POST", "/api/v1/auth/refresh", Map.of("refresh_token", refreshToken))
                .hasStatus(200);

        shop.anonymous()
                .withToken("one that has run out")
                .sendJson("POST", "/api/v1/auth/refresh", Map.of("refresh_token", second.at("/refresh_token")))
                .hasStatus(200);
    }

    @Test
    void a_refresh_token_is_not_accepted_as_an_access_token() {
        assertRefused(shop.anonymous().withToken(refreshToken));
    }

    @Test
    void sign_out_ends_this_session_and_no_other() {
        Answer elsewhere = signIn();

        client.post("/api/v1/auth/signout").hasStatus(204);

        assertRefused(client);
        refresh(refreshToken).isProblem(401, "invalid-refresh-token");
        assertWorks(shop.anonymous().withToken(elsewhere.at("/access_token")));
        refresh(elsewhere.at("/refresh_token")).hasStatus(200);
    }

    @Test
    void the_refresh_token_alone_suffices_to_sign_out() {
        shop.anonymous()
                .sendJson("POST", "/api/v1/auth/signout", Map.of("refresh_token", refreshToken))
                .hasStatus(204);

        refresh(refreshToken).isProblem(401, "invalid-refresh-token");
        assertRefused(client);
        assertThat(shop.anonymous().post("/api/v1/auth/signout").status()).isEqualTo(401);
    }

    @Test
    void an_expired_access_token_does_not_prevent_sign_out() {
        Client dead = shop.anonymous().withToken("one that has run out");

        dead.sendJson("POST", "/api/v1/auth/signout", Map.of("refresh_token", refreshToken))
                .hasStatus(204);

        assertRefused(client);
        refresh(refreshToken).isProblem(401, "invalid-refresh-token");
        dead.post("/api/v1/auth/signout").isProblem(401, "unauthenticated");
        dead.sendJson("POST", "/api/v1/auth/signout", Map.of("refresh_token", "junk"))
                .isProblem(401, "invalid-refresh-token");
    }

    @Test
    void an_invalid_access_token_is_ignored_where_none_is_needed() {
        Client dead = shop.anonymous().withToken("one that has run out");
        String product = shop.listedProduct(1).id();

        // A gateway in a process of its own answers health on another port.
        List<String> health = SharedKontor.IN_PROCESSES
                ? List.of()
                : List.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness");
        List<String> others = List.of(
                "/.well-known/jwks.json",
                "/v3/api-docs",
                "/swagger-ui/index.html",
                "/api/v1/catalog/products",
                "/api/v1/catalog/products?search=x&seller=" + UUID.randomUUID(),
                "/api/v1/catalog/products/" + product,
                "/api/v1/catalog/categories");
        for (String open : Stream.concat(health.stream(), others.stream()).toList()) {
            assertThat(dead.get(open).status()).as(open).isEqualTo(200);
        }
        dead.get("/api/v1/catalog/products?seller=me").isProblem(401, "unauthenticated");
        dead.get("/actuator/metrics").isProblem(401, "unauthenticated");
        assertRefused(dead);
    }

    /** The id of a session is in each of its access tokens. */
    @Test
    void an_invented_refresh_token_ends_no_session() {
        String session = refreshToken.substring(0, 36);

        refresh(session + "." + "A".repeat(43)).isProblem(401, "invalid-refresh-token");
        refresh(session + "." + signIn().at("/refresh_token").substring(37)).isProblem(401, "invalid-refresh-token");

        assertWorks(client);
        refresh(refreshToken).hasStatus(200);
    }

    @Test
    void the_list_of_sessions_shows_each_once_and_which_one_this_is() {
        Client other = shop.anonymous().withToken(signIn().at("/access_token"));

        List<JsonNode> sessions = client.get(SESSIONS).hasStatus(200).items();

        assertThat(sessions).hasSize(2);
        assertThat(sessions)
                .filteredOn(session -> session.get("current").asBoolean())
                .hasSize(1);
        assertThat(sessions.getFirst().get("device").asString()).startsWith("Java-http-client");
        String mine = sessions.stream()
                .filter(session -> session.get("current").asBoolean())
                .map(session -> session.get("id").asString())
                .findAny()
                .orElseThrow();
        other.delete(SESSIONS + "/" + mine).hasStatus(204);
        assertRefused(client);
        assertThat(other.get(SESSIONS).items())
                .singleElement()
                .satisfies(left -> assertThat(left.get("current").asBoolean()).isTrue());
    }

    @Test
    void only_the_owner_ends_a_session() {
        Client stranger = shop.signedInCustomer().client();
        String session = refreshToken.substring(0, 36);

        stranger.delete(SESSIONS + "/" + session).isProblem(404, "session-not-found");
        stranger.delete(SESSIONS + "/" + UUID.randomUUID()).isProblem(404, "session-not-found");

        assertWorks(client);
    }

    @Test
    void sign_out_everywhere_ends_all_sessions() {
        Client other = shop.anonymous().withToken(signIn().at("/access_token"));

        client.delete(SESSIONS).hasStatus(204);

        assertRefused(client);
        assertRefused(other);
        refresh(refreshToken).isProblem(401, "invalid-refresh-token");
        assertThat(shop.anonymous()
                        .withToken(signIn().at("/access_token"))
                        .get(SESSIONS)
                        .items())
                .hasSize(1);
    }

    /** The very next request is refused: the requirement is one second. */
    @ParameterizedTest
    @CsvSource({"sign-out", "password change", "role change", "deactivation", "deletion by an admin", "deletion"})
    void after_each_of_these_no_older_token_works(String what) {
        Customer customer = shop.signedIn(email, Shop.PASSWORD);
        Client admin = shop.admin().client();
        String one = "/api/v1/customers/" + customer.id();
        Answer done = switch (what) {
            case "sign-out" -> customer.client().delete(SESSIONS);
            case "password change" ->
                customer.client()
                        .sendJson(
                                "POST",
                                ME + "/password",
                                Map.of("currentPassword", Shop.PASSWORD, "newPassword", "another password"));
            case "role change" -> admin.sendJson("PUT", one + "/role", Map.of("role", "ADMIN"));
            case "deactivation" -> admin.sendJson("PATCH", one, Map.of("status", "DEACTIVATED"));
            case "deletion by an admin" -> admin.delete(one);
            case "deletion" -> customer.client().delete(ME);
            default -> throw new IllegalArgumentException(what);
        };
        assertThat(done.status()).as(done.body()).isIn(200, 204);

        assertRefused(customer.client());
        assertRefused(client);
        client.get("/api/v1/catalog/products?seller=me").isProblem(401, "unauthenticated");
        refresh(refreshToken).isProblem(401, "invalid-refresh-token");
    }
}
