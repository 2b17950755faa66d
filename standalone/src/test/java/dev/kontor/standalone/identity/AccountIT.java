package dev.kontor.standalone.identity;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Accounts and their owners. */
@OnSharedKontor
class AccountIT {

    private static final String ME = "/api/v1/customers/me";
    private static final String NEW_PASSWORD = "quite another password";

    private final Shop shop;
    private final Client admin;
    private final String unique = UUID.randomUUID().toString();

    AccountIT(Shop shop) {
        this.shop = shop;
        this.admin = shop.admin().client();
    }

    @Test
    void sign_up_answers_the_customer_without_any_secret() {
        Answer signedUp = shop.signUp("new-" + unique + "@example.com").hasStatus(201);

        assertThat(signedUp.json().propertyNames()).containsExactlyInAnyOrder("id", "email", "name", "role");
        assertThat(signedUp.at("/role")).isEqualTo("CUSTOMER");
    }

    @Test
    void of_a_hundred_sign_ups_with_one_e_mail_in_all_letter_cases_one_has_it() {
        String email = "hundred-" + unique + "@example.com";
        List<Callable<Answer>> signUps = IntStream.range(0, 100)
                .<Callable<Answer>>mapToObj(i -> () -> shop.signUp(inCase(email, i)))
                .toList();

        List<Answer> answers = ParallelClients.share(100, signUps, Duration.ofSeconds(60));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .hasSize(99)
                .allSatisfy(answer -> answer.isProblem(409, "email-taken"));
        assertThat(admin.get("/api/v1/customers?search=hundred-" + unique).items())
                .hasSize(1);
    }

    /** Each number gives another pattern of upper and lower case. */
    private static String inCase(String text, int pattern) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 0; i < 7; i++) {
            if ((pattern >> i & 1) == 1) {
                changed.setCharAt(i, Character.toUpperCase(text.charAt(i)));
            }
        }
        return changed.toString();
    }

    @Test
    void after_an_e_mail_change_the_token_works_and_the_old_e_mail_does_not() {
        Customer customer = shop.signedInCustomer();
        Product thing = shop.listedProduct(5);
        String order = customer.orders(thing.times(1)).hasStatus(201).at("/id");
        String newEmail = "changed-" + unique + "@example.com";

        Answer changed = customer.client()
                .sendJson("PATCH", ME, Map.of("email", newEmail.toUpperCase()))
                .hasStatus(200);

        assertThat(changed.at("/email")).isEqualTo(newEmail);
        assertThat(customer.client().get(ME).at("/email")).isEqualTo(newEmail);
        assertThat(customer.statusOf(order)).isEqualTo("CONFIRMED");
        shop.signIn(customer.email(), Shop.PASSWORD).isProblem(401, "bad-credentials");
        assertThat(shop.signedIn(newEmail, Shop.PASSWORD).id()).isEqualTo(customer.id());

        shop.signUp(customer.email()).hasStatus(201);
        Customer heir = shop.signedIn(customer.email(), Shop.PASSWORD);
        assertThat(heir.id()).isNotEqualTo(customer.id());
        heir.order(order).isProblem(404, "order-not-found");
        assertThat(heir.allOrders()).isEmpty();
    }

    @Test
    void an_e_mail_that_is_taken_is_refused_to_others() {
        Customer one = shop.signedInCustomer();
        Customer two = shop.signedInCustomer();

        two.client()
                .sendJson("PATCH", ME, Map.of("email", one.email().toUpperCase(), "name", "Not changed"))
                .isProblem(409, "email-taken");

        assertThat(two.client().get(ME).at("/email")).isEqualTo(two.email());
        assertThat(two.client().get(ME).at("/name")).isEqualTo("Some One");
        shop.signIn(two.email(), Shop.PASSWORD).hasStatus(200);
    }

    @Test
    void a_change_of_password_needs_the_current_one() {
        Customer customer = shop.signedInCustomer();
        String password = ME + "/password";

        customer.client()
                .sendJson("POST", password, Map.of("currentPassword", "wrong", "newPassword", NEW_PASSWORD))
                .isProblem(401, "bad-credentials");
        Answer refused = customer.client()
                .sendJson("POST", password, Map.of("currentPassword", Shop.PASSWORD, "newPassword", "short"))
                .isProblem(400, "invalid-request");
        assertThat(refused.at("/errors/0/field")).isEqualTo("newPassword");
        shop.signIn(customer.email(), Shop.PASSWORD).hasStatus(200);

        customer.client()
                .sendJson("POST", password, Map.of("currentPassword", Shop.PASSWORD, "newPassword", NEW_PASSWORD))
                .hasStatus(204);

        shop.signIn(customer.email(), Shop.PASSWORD).isProblem(401, "bad-credentials");
        assertThat(shop.signedIn(customer.email(), NEW_PASSWORD).id()).isEqualTo(customer.id());
    }

    @Test
    void a_new_name_shows_in_the_next_read_every_time() {
        Customer customer = shop.signedInCustomer();
        for (int i = 0; i < 50; i++) {
            String name = "Name " + i;
            customer.client().sendJson("PATCH", ME, Map.of("name", name)).hasStatus(200);

            assertThat(customer.client().get(ME).at("/name")).isEqualTo(name);
        }
        assertThat(customer.client().get(ME).json().propertyNames())
                .containsExactlyInAnyOrder("id", "email", "name", "role", "status", "registeredAt", "version");
    }

    @Test
    void the_export_has_all_data() {
        Customer customer = shop.signedInCustomer();
        Product bought = shop.listedProduct(500);
        for (int i = 0; i < 25; i++) {
            customer.ordersWithoutWaiting(bought.times(1)).hasStatus(202);
        }
        customer.orders(bought.times(1)).hasStatus(201);
        customer.puts(3, bought).hasStatus(200);
        String own = customer.client()
                .sendJson("POST", "/api/v1/catalog/products", OwnershipSetup.aProduct())
                .hasStatus(201)
                .at("/id");

        Answer export = customer.client().get(ME + "/export").hasStatus(200);

        assertThat(export.header("Content-Disposition")).contains("attachment");
        JsonNode all = export.json();
        assertThat(all.toString()).contains(customer.id(), customer.email(), "Some One", own, bought.id());
        assertThat(all.at("/orders").size()).isEqualTo(26);
        assertThat(all.at("/cart/items").size()).isEqualTo(1);
        assertThat(all.at("/sessions").size()).isEqualTo(1);
        assertThat(all.at("/products").size()).isEqualTo(1);
        assertThat(export.body()).doesNotContain("argon2");
    }

    @Test
    void no_call_makes_its_caller_an_admin() {
        Customer customer = shop.signedInCustomer();
        customer.client()
                .sendJson("PUT", "/api/v1/customers/" + customer.id() + "/role", Map.of("role", "ADMIN"))
                .isProblem(403, "forbidden");
        customer.client().sendJson("PUT", ME + "/role", Map.of("role", "ADMIN"));
        customer.client().sendJson("PATCH", ME, Map.of("name", "Boss", "role", "ADMIN"));
        customer.client().sendJson("PATCH", "/api/v1/customers/" + customer.id(), Map.of("role", "ADMIN"));

        assertThat(customer.client().get(ME).at("/role")).isEqualTo("CUSTOMER");
        customer.client().get("/api/v1/customers").isProblem(403, "forbidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", ".*", "[a-z]", "\\", "$", "(", "''", "%25"})
    void searches_are_literal(String special) {
        String email = "plain" + unique + "@example.com";
        shop.anonymous()
                .sendJson(
                        "POST",
                        "/api/v1/auth/signup",
                        Map.of("email", email, "password", Shop.PASSWORD, "name", "Odd" + special + "Name" + unique))
                .hasStatus(201);

        assertThat(search("Odd" + special + "Name" + unique)).hasSize(1);
        assertThat(search("d" + special + "name" + unique)).hasSize(1);
        assertThat(search("Odd" + special + special + "Name" + unique)).isEmpty();
        assertThat(search("Od" + special + unique)).isEmpty();
    }

    private List<JsonNode> search(String part) {
        return admin.get("/api/v1/customers?search=" + URLEncoder.encode(part, StandardCharsets.UTF_8))
                .hasStatus(200)
                .items();
    }

    @Test
    void an_admin_lists_reads_changes_deactivates_and_deletes() {
        Customer customer = shop.signedInCustomer();
        String one = "/api/v1/customers/" + customer.id();
        Product thing = shop.listedProduct(9);
        String order = customer.orders(thing.times(1)).hasStatus(201).at("/id");
        customer.puts(2, thing).hasStatus(200);

        assertThat(admin.get(one).hasStatus(200).at("/email")).isEqualTo(customer.email());
        assertThat(admin.sendJson("PATCH", one, Map.of("name", "Corrected " + unique))
                        .hasStatus(200)
                        .at("/name"))
                .isEqualTo("Corrected " + unique);
        assertThat(search("corrected " + unique)).hasSize(1);
        assertThat(admin.get(one + "/cart").hasStatus(200).items()).hasSize(1);
        assertThat(admin.get("/api/v1/orders?customer=" + customer.id())
                        .hasStatus(200)
                        .items())
                .hasSize(1);

        assertThat(admin.sendJson("PATCH", one, Map.of("status", "DEACTIVATED"))
                        .hasStatus(200)
                        .at("/status"))
                .isEqualTo("DEACTIVATED");
        shop.signIn(customer.email(), Shop.PASSWORD).isProblem(401, "bad-credentials");
        shop.signUp(customer.email()).isProblem(409, "email-taken");
        assertThat(admin.sendJson("PATCH", one, Map.of("status", "ACTIVE"))
                        .hasStatus(200)
                        .at("/status"))
                .isEqualTo("ACTIVE");
        shop.signIn(customer.email(), Shop.PASSWORD).hasStatus(200);

        admin.delete(one).hasStatus(204);
        admin.get(one).isProblem(404, "customer-not-found");
        assertThat(search(unique)).isEmpty();
        assertThat(admin.get("/api/v1/orders/" + order).hasStatus(200).at("/status"))
                .isEqualTo("CONFIRMED");
        shop.signUp(customer.email()).hasStatus(201);
    }

    @Test
    void a_deactivated_seller_s_products_are_not_for_sale() {
        Customer seller = shop.signedInCustomer();
        String product = seller.client()
                .sendJson("POST", "/api/v1/catalog/products", OwnershipSetup.aProduct())
                .hasStatus(201)
                .at("/id");

        admin.sendJson("PATCH", "/api/v1/customers/" + seller.id(), Map.of("status", "DEACTIVATED"))
                .hasStatus(200);

        eventually(
                Duration.ofSeconds(30),
                "it is delisted",
                () -> shop.anonymous().get("/api/v1/catalog/products?seller=" + seller.id()),
                shown -> shown.items().isEmpty());
        shop.signedInCustomer()
                .client()
                .sendJson("POST", "/api/v1/orders", OwnershipSetup.anOrder(product), "Prefer", "wait=30")
                .isProblem(409, "product-delisted");
    }
}
