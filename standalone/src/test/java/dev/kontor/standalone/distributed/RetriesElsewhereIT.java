package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.audit.platform.AuditReport;
import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.distributed.DistributedKontor.Part;
import dev.kontor.standalone.operations.AuditedFolder;
import dev.kontor.testsupport.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two of each side over one log. The commands of each command side stay within it, so of two repeats at a time the log
 * alone decides.
 */
class RetriesElsewhereIT {

    private static final int THREADS = 64;
    private static final int ROUNDS = 5;
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private static Answer settled(Client client, String path, Object body, String key) {
        return eventually(
                SOON,
                "a final answer to " + path,
                () -> client.sendJson("POST", path, body, "Idempotency-Key", key, "Prefer", "wait=30"),
                answer -> answer.status() != 202 && answer.status() < 500);
    }

    private static void areOne(List<Answer> answers) {
        assertThat(answers).hasSize(THREADS);
        assertThat(answers.stream()
                        .map(answer -> answer.status() + answer.body())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void a_repeat_at_another_instance_has_no_further_effect_and_gets_the_same_answer() {
        try (DistributedKontor kontor = DistributedKontor.ofTwo(folder.resolve("log"))) {
            Shop shop = new Shop(kontor.rest());
            Product thing = shop.listedProduct(10);
            Client seller = shop.seller().client();
            Customer buyer = shop.signedInCustomer();
            String stock = "/api/v1/catalog/products/" + thing.id() + "/stock";
            Answer first = null;
            for (int round = 1; round <= ROUNDS; round++) {
                String key = "key-" + round;
                List<Answer> stocked =
                        ParallelClients.allAtOnce(THREADS, () -> settled(seller, stock, Map.of("change", 1), key));
                areOne(stocked);
                assertThat(shop.stockOf(thing).available()).isEqualTo(10 + round);
                first = stocked.getFirst().hasStatus(200);

                String email = "keyed-" + UUID.randomUUID() + "@example.com";
                areOne(ParallelClients.allAtOnce(
                        THREADS,
                        () -> settled(
                                shop.anonymous(),
                                "/api/v1/auth/signup",
                                Map.of("email", email, "password", Shop.PASSWORD, "name", "Some One"),
                                key)));
                shop.signIn(email, Shop.PASSWORD).hasStatus(200);
            }
            areOne(ParallelClients.allAtOnce(
                    THREADS,
                    () -> settled(
                            buyer.client(), "/api/v1/orders", Map.of("lines", List.of(thing.times(1))), "order")));
            assertThat(buyer.allOrders()).hasSize(1);

            kontor.stop(Part.GATEWAY);
            kontor.stop(Part.COMMAND_SIDE);
            kontor.start(Part.GATEWAY);
            DistributedKontor.awaitWell(kontor.rest());
            Answer elsewhere = settled(seller, stock, Map.of("change", 1), "key-" + ROUNDS);
            assertThat(elsewhere.body()).isEqualTo(first.body());
            assertThat(elsewhere.header("ETag")).isEqualTo(first.header("ETag"));
            assertThat(elsewhere.header("Idempotent-Replayed")).isEqualTo("true");
        }
        AuditReport report = AuditedFolder.audit(folder, keys -> {}, line -> {});
        assertThat(report.checks())
                .filteredOn(check -> check.invariant().equals("requests"))
                .allSatisfy(check -> {
                    assertThat(check.checked()).isEqualTo(2L * (2 * ROUNDS + 1));
                    assertThat(check.violations()).isZero();
                });
    }
}
