package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the default limits, which other tests switch off. */
class GuessingIT {

    private static final String SIGN_IN = "/api/v1/auth/signin";
    private static final String ME = "/api/v1/customers/me";

    @TempDir
    static Path data;

    private static KontorProcess kontor;
    private static Shop shop;
    private static Customer owner;
    private static Customer forgiven;
    private static Customer asker;

    @BeforeAll
    static void start() {
        kontor = KontorProcess.start(
                data,
                "--kontor.demo=true",
                "--kontor.tries.in-total=3000/1m",
                "--kontor.tries.per-client=10/15m",
                "--kontor.tries.per-account=100/1h",
                "--kontor.tries.new-emails=20/1m");
        shop = new Shop(kontor);
        // Before one of the tests uses up this network's sign-ups.
        owner = shop.signedInCustomer();
        forgiven = shop.signedInCustomer();
        asker = shop.signedInCustomer();
    }

    @AfterAll
    static void stop() {
        if (kontor != null) {
            kontor.close();
        }
    }

    private static void guessUntilStopped(String email) {
        for (int i = 0; i < 10; i++) {
            shop.signIn(email, "wrong " + i).isProblem(401, "bad-credentials");
        }
        Answer stopped = shop.signIn(email, Shop.PASSWORD).isProblem(429, "too-many-requests");
        assertThat(Long.parseLong(stopped.header("Retry-After"))).isBetween(1L, 900L);
    }

    private static int signInFromElsewhere(String email) throws IOException, InterruptedException {
        try (HttpClient elsewhere = HttpClient.newBuilder()
                .localAddress(InetAddress.ofLiteral("127.0.0.2"))
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(kontor.rest().resolve(SIGN_IN))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(
                            "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, Shop.PASSWORD)))
                    .build();
            return elsewhere.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void a_client_that_guesses_is_stopped_and_the_owner_is_not() throws Exception {
        String device = shop.signIn(owner.email(), Shop.PASSWORD).at("/device_token");

        guessUntilStopped(owner.email());

        assertThat(signInFromElsewhere(owner.email())).isEqualTo(200);
        shop.anonymous()
                .sendJson(
                        "POST",
                        SIGN_IN,
                        Map.of("email", owner.email(), "password", Shop.PASSWORD, "device_token", device))
                .hasStatus(200);
        owner.client().get(ME).hasStatus(200);
        shop.signIn(owner.email(), Shop.PASSWORD).isProblem(429, "too-many-requests");
    }

    @Test
    void an_unknown_account_is_answered_in_the_same_way() {
        guessUntilStopped("nobody@example.com");
    }

    @Test
    void an_admin_resets_the_count() {
        guessUntilStopped(forgiven.email());

        shop.admin()
                .client()
                .post("/api/v1/customers/" + forgiven.id() + "/unlock")
                .hasStatus(204);

        shop.signIn(forgiven.email(), Shop.PASSWORD).hasStatus(200);
        forgiven.client().get(ME).hasStatus(200);
    }

    /** Sign-up, which is limited, reveals the same. */
    @Test
    void attempts_to_find_taken_e_mails_are_limited() {
        Client client = asker.client();
        int answered = 0;
        Answer answer;
        do {
            answer = client.sendJson("PATCH", ME, Map.of("email", "admin1@example.com"));
            answered++;
        } while (answer.status() == 409 && answered < 300);

        answer.isProblem(429, "too-many-requests");
        assertThat(answered).as("answers, each after 3 s but for twenty").isLessThan(100);
        client.sendJson("PATCH", ME, Map.of("name", "Another")).hasStatus(200);
    }
}
