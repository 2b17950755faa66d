package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.SharedKontor;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Private endpoints require a token, and admin endpoints an admin's. */
@OnSharedKontor
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessIT {

    private static final String ANY_ID = "00000000-0000-4000-8000-000000000000";

    private final Shop shop;
    private final Customer customer;

    AccessIT(Shop shop) {
        this.shop = shop;
        this.customer = shop.signedInCustomer();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/customers/me",
        "PATCH, /api/v1/customers/me",
        "GET, /api/v1/customers",
        "GET, /api/v1/customers/" + ANY_ID,
        "PUT, /api/v1/customers/" + ANY_ID + "/role",
        "GET, /api/v1/customers/" + ANY_ID + "/cart",
        "GET, /api/v1/cart",
        "DELETE, /api/v1/cart",
        "PUT, /api/v1/cart/items/" + ANY_ID,
        "DELETE, /api/v1/cart/items/" + ANY_ID,
        "POST, /api/v1/cart/checkout",
        "GET, /api/v1/orders",
        "POST, /api/v1/orders",
        "GET, /api/v1/orders/" + ANY_ID,
        "POST, /api/v1/orders/" + ANY_ID + "/cancel",
        "POST, /api/v1/orders/" + ANY_ID + "/ship",
        "POST, /api/v1/orders/" + ANY_ID + "/deliver",
        "POST, /api/v1/catalog/products",
        "PATCH, /api/v1/catalog/products/" + ANY_ID,
        "DELETE, /api/v1/catalog/products/" + ANY_ID,
        "POST, /api/v1/catalog/products/" + ANY_ID + "/stock",
        "GET, /api/v1/admin/signing-keys",
        "POST, /api/v1/admin/signing-keys",
        "DELETE, /api/v1/admin/signing-keys/any",
        "GET, /api/v1/admin/views",
        "POST, /api/v1/admin/views/catalog/rebuild",
        "PATCH, /api/v1/admin/views/catalog",
        "DELETE, /api/v1/admin/views/catalog/generations/1",
        "GET, /api/v1/admin/events",
        "GET, /api/v1/admin/events/live",
        "GET, /api/v1/admin/aggregates/" + ANY_ID,
        "GET, /api/v1/admin/stories/" + ANY_ID,
        "POST, /api/v1/admin/events/unmask",
        "GET, /actuator/metrics",
        "GET, /actuator/metrics/kontor.log.sync",
        "GET, /actuator/env"
    })
    void without_a_token_private_operations_are_refused(String method, String path) {
        Answer refused = shop.anonymous().sendJson(method, path, "{}").isProblem(401, "unauthenticated");

        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/customers",
        "GET, /api/v1/customers/" + ANY_ID,
        "PUT, /api/v1/customers/" + ANY_ID + "/role",
        "GET, /api/v1/customers/" + ANY_ID + "/cart",
        "DELETE, /api/v1/customers/" + ANY_ID + "/cart",
        "POST, /api/v1/customers/" + ANY_ID + "/cart/checkout",
        "POST, /api/v1/orders/" + ANY_ID + "/ship",
        "POST, /api/v1/orders/" + ANY_ID + "/deliver",
        "GET, /api/v1/orders?all=true",
        "GET, /api/v1/admin/signing-keys",
        "POST, /api/v1/admin/signing-keys",
        "DELETE, /api/v1/admin/signing-keys/any",
        "GET, /api/v1/admin/views",
        "POST, /api/v1/admin/views/catalog/rebuild",
        "PATCH, /api/v1/admin/views/catalog",
        "DELETE, /api/v1/admin/views/catalog/generations/1",
        "GET, /api/v1/admin/events",
        "GET, /api/v1/admin/events/live",
        "GET, /api/v1/admin/aggregates/" + ANY_ID,
        "GET, /api/v1/admin/stories/" + ANY_ID,
        "POST, /api/v1/admin/events/unmask",
        "GET, /actuator/metrics",
        "GET, /actuator/metrics/kontor.log.sync",
        "GET, /actuator/env"
    })
    void a_customer_is_not_an_admin(String method, String path) {
        customer.client().sendJson(method, path, "{\"role\":\"ADMIN\"}").isProblem(403, "forbidden");
    }

    @Test
    void an_admin_reads_the_metrics_of_the_log() {
        assumeFalse(SharedKontor.IN_PROCESSES, "the log is Axon Server's, and so are its figures");
        Client admin = shop.admin().client();

        assertThat(admin.get("/actuator/metrics/kontor.log.sync").hasStatus(200).at("/baseUnit"))
                .isEqualTo("seconds");
        assertThat(admin.get("/actuator/metrics/kontor.log.head").hasStatus(200).number("/measurements/0/value"))
                .isPositive();
    }

    @Test
    void a_forged_token_does_not_make_an_admin() {
        String role = "/api/v1/customers/" + customer.id() + "/role";

        customer.client().sendJson("PUT", role, Map.of("role", "ADMIN")).isProblem(403, "forbidden");

        assertThat(customer.client().get("/api/v1/customers/me").at("/role")).isEqualTo("CUSTOMER");
    }

    @Test
    void a_token_that_was_tampered_with_is_refused() {
        ForgedTokens.of(customer.client().token()).forEach((how, token) -> {
            Client forger = shop.anonymous().withToken(token);
            assertThat(forger.get("/api/v1/customers/me").status()).as(how).isEqualTo(401);
            forger.get("/api/v1/admin/views").isProblem(401, "unauthenticated");
            // Not even where no token is needed: a client that sends one assumes to be signed in.
            forger.get("/api/v1/catalog/products?seller=me").isProblem(401, "unauthenticated");
        });
        customer.client().get("/api/v1/customers/me").hasStatus(200);
    }
}
