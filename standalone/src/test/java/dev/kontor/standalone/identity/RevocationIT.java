package dev.kontor.standalone.identity;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A revoked token is refused within a moment by every process, and after a restart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SELF = "/api/v1/customers/me";
    private static final String METRICS = "/actuator/metrics";
    private static final int CUSTOMERS = 10;

    private final List<Customer> promoted = new ArrayList<>();
    private final List<Duration> untilRefused = new ArrayList<>();
    private Customer untouched;
    private KontorProcess before;
    private KontorProcess after;
    private Shop shop;

    @BeforeAll
    void revocations_and_a_restart(@TempDir Path data) throws Exception {
        before = KontorProcess.start(data, "--kontor.demo=true");
        Shop first = new Shop(before);
        untouched = first.signedInCustomer();
        for (int i = 0; i < CUSTOMERS; i++) {
            Customer customer = first.signedInCustomer();
            promoted.add(customer);
            untilRefused.add(promote(customer, first));
        }
        before.stop();
        before.exitCode(PATIENCE);
        after = KontorProcess.start(data, "--kontor.demo=true");
        shop = new Shop(after);
    }

    /** Changes a role; returns the time from the answer until the earlier token is refused. */
    private static Duration promote(Customer customer, Shop shop) {
        String role = "/api/v1/customers/" + customer.id() + "/role";
        shop.admin().client().sendJson("PUT", role, Map.of("role", "ADMIN")).hasStatus(200);
        long answered = System.nanoTime();
        eventually(
                PATIENCE,
                "the token is refused",
                () -> customer.client().get(SELF).status() == 401);
        return Duration.ofNanos(System.nanoTime() - answered);
    }

    @AfterAll
    void close() {
        for (KontorProcess kontor : new KontorProcess[] {before, after}) {
            if (kontor != null) {
                kontor.close();
            }
        }
    }

    @Test
    void an_earlier_token_is_refused_within_a_second_after_a_role_change() {
        List<Duration> sorted = untilRefused.stream().sorted().toList();
        System.out.println("from the answer to the first refusal: " + sorted);

        assertThat(sorted.get(CUSTOMERS / 2)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void answers_that_the_gateway_gives_without_a_side_are_refused_as_well() {
        Customer admin = shop.signedInCustomer();
        Client promoting = shop.admin().client();
        String role = "/api/v1/customers/" + admin.id() + "/role";
        promoting.sendJson("PUT", role, Map.of("role", "ADMIN")).hasStatus(200);
        Client promotedOne = shop.signedIn(admin.email(), Shop.PASSWORD).client();
        promotedOne.get(METRICS).hasStatus(200);

        promoting.sendJson("PUT", role, Map.of("role", "CUSTOMER")).hasStatus(200);

        eventually(
                Duration.ofSeconds(1),
                "the token of an admin who is none any more is refused",
                () -> promotedOne.get(METRICS).status() == 401);
    }

    @Test
    void revocations_survive_a_restart() {
        assertThat(promoted)
                .allSatisfy(customer -> customer.at(shop).client().get(SELF).isProblem(401, "unauthenticated"));
        untouched.at(shop).client().get(SELF).hasStatus(200);
    }
}
