package dev.kontor.standalone.identity;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys are replaced without a restart and without one failed call, and revoked at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class KeyRotationIT {

    private static final String KEYS = "/api/v1/admin/signing-keys";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int ROTATIONS = 5;
    private static final int READERS = 8;

    private KontorProcess kontor;
    private Shop shop;
    /** Signed with the first key. */
    private Client admin;

    private Customer customer;

    @BeforeAll
    void start(@TempDir Path data) {
        // On a busy machine a call may take longer than the default deadline; then it is slow, and has not failed.
        kontor = KontorProcess.start(
                data, "--kontor.demo=true", "--kontor.identity.key-lead=2s", "--kontor.deadline=60s");
        shop = new Shop(kontor);
        admin = shop.admin().client();
        customer = shop.signedInCustomer();
    }

    @AfterAll
    void stop() {
        kontor.close();
    }

    private static String kidOf(String token) {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[0]))
                .get("kid")
                .asString();
    }

    private List<JsonNode> published() {
        return shop.anonymous()
                .get("/.well-known/jwks.json")
                .hasStatus(200)
                .json()
                .get("keys")
                .valueStream()
                .toList();
    }

    private List<String> publishedIds() {
        return published().stream().map(key -> key.get("kid").asString()).toList();
    }

    private static String stateOf(Client admin, String kid) {
        return admin.get(KEYS).hasStatus(200).items().stream()
                .filter(key -> key.get("kid").asString().equals(kid))
                .map(key -> key.get("state").asString())
                .findFirst()
                .orElse("none");
    }

    private static String thumbprint(JsonNode jwk) {
        try {
            String canonical = "{\"e\":%s,\"kty\":%s,\"n\":%s}".formatted(jwk.get("e"), jwk.get("kty"), jwk.get("n"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Load {
        final AtomicBoolean over = new AtomicBoolean();
        final AtomicInteger calls = new AtomicInteger();
        final Set<String> failed = ConcurrentHashMap.newKeySet();
        final Set<String> signedWith = ConcurrentHashMap.newKeySet();

        Answer count(Answer answer) {
            calls.incrementAndGet();
            if (answer.status() != 200) {
                failed.add(answer.status() + " " + answer.body());
            }
            return answer;
        }

        /** Signs in now and then, and continues with the new token. */
        Void read() {
            String token = customer.client().token();
            while (!over.get()) {
                Client client = shop.anonymous().withToken(token);
                for (int i = 0; i < 20; i++) {
                    count(client.get("/api/v1/customers/me"));
                    count(client.get("/api/v1/catalog/products?pageSize=5"));
                }
                Answer signedIn = count(shop.signIn(customer.email(), Shop.PASSWORD));
                if (signedIn.status() == 200) {
                    token = signedIn.at("/access_token");
                    signedWith.add(kidOf(token));
                }
            }
            return null;
        }

        Void rotate() {
            try {
                for (int i = 0; i < ROTATIONS; i++) {
                    Answer made = admin.post(KEYS).hasStatus(201);
                    String kid = made.at("/kid");
                    assertThat(made.at("/state")).isEqualTo("NEXT");
                    eventually(SOON, "the new key is published", () -> publishedIds(), ids -> ids.contains(kid));
                    eventually(SOON, "the new key signs", () -> signedWith, seen -> seen.contains(kid));
                }
            } finally {
                over.set(true);
            }
            return null;
        }
    }

    @Test
    @Order(1)
    void keys_are_replaced_under_load_and_no_call_fails() {
        Load load = new Load();
        List<Callable<Void>> acts = new ArrayList<>();
        acts.add(load::rotate);
        for (int i = 0; i < READERS; i++) {
            acts.add(load::read);
        }

        ParallelClients.share(acts.size(), acts, Duration.ofMinutes(4));

        System.out.printf(
                "key rotation: %d rotations, %,d calls, %d failed%n", ROTATIONS, load.calls.get(), load.failed.size());
        assertThat(load.failed).isEmpty();
        assertThat(load.signedWith).hasSizeGreaterThanOrEqualTo(ROTATIONS);
        assertThat(stateOf(admin, kidOf(admin.token()))).as("the first key").isEqualTo("RETIRING");
    }

    @Test
    @Order(2)
    void published_keys_have_their_thumbprint_and_may_be_cached_for_a_minute() {
        assertThat(published()).hasSizeGreaterThan(1).allSatisfy(key -> {
            assertThat(key.get("kid").asString()).isEqualTo(thumbprint(key));
            assertThat(key.get("alg").asString()).isEqualTo("RS256");
        });
        assertThat(shop.anonymous().get("/.well-known/jwks.json").header("Cache-Control"))
                .isEqualTo("max-age=60, public");
    }

    @Test
    @Order(3)
    void tokens_of_a_revoked_key_are_refused_within_a_second_and_another_key_signs() {
        String token =
                shop.signIn(customer.email(), Shop.PASSWORD).hasStatus(200).at("/access_token");
        Client signedIn = shop.anonymous().withToken(token);
        String bad = kidOf(token);
        assertThat(stateOf(admin, bad)).isEqualTo("ACTIVE");
        String operators = operatorToken();

        admin.delete(KEYS + "/" + bad).hasStatus(204);

        long from = System.nanoTime();
        eventually(
                Duration.ofSeconds(1),
                "what it signed is refused",
                () -> signedIn.get("/api/v1/customers/me").status(),
                status -> status == 401);
        System.out.printf(
                "key revocation: %d ms from the 204 to the first 401%n", (System.nanoTime() - from) / 1_000_000);
        signedIn.get("/api/v1/catalog/products?seller=me").isProblem(401, "unauthenticated");
        assertThat(stateOf(admin, bad)).isEqualTo("REVOKED");
        Customer again = shop.signedIn(customer.email(), Shop.PASSWORD);
        eventually(
                SOON,
                "the revoked key is published no more",
                this::publishedIds,
                ids -> !ids.contains(bad) && ids.contains(kidOf(again.client().token())));
        assertThat(stateOf(admin, kidOf(again.client().token()))).isEqualTo("ACTIVE");
        eventually(
                SOON,
                "the operator has a token that counts",
                this::operatorToken,
                now -> !now.equals(operators)
                        && shop.anonymous()
                                        .withToken(now)
                                        .get("/api/v1/admin/views")
                                        .status()
                                == 200);
    }

    @Test
    @Order(4)
    void an_unknown_key_is_not_found_and_only_operators_may_ask() {
        admin.delete(KEYS + "/no-such-key").isProblem(404, "signing-key-not-found");
        Client stranger = shop.signedInCustomer().client();
        stranger.get(KEYS).isProblem(403, "forbidden");
        stranger.post(KEYS).isProblem(403, "forbidden");
        stranger.delete(KEYS + "/" + kidOf(admin.token())).isProblem(403, "forbidden");
        assertThat(kontor.output()).doesNotContain(" ERROR ");
    }

    private String operatorToken() {
        try {
            return JSON.readTree(Files.readString(kontor.data().resolve("operator.token")))
                    .get("token")
                    .asString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
