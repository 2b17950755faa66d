package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Answer;
import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.SharedKontor;
import dev.kontor.standalone.Shop;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An account over REST, from its first session to its end. */
@ExtendWith(SharedKontor.class)
class AccountIT {

    private static final String SELF = "/api/v1/customers/me";
    private static final String SESSIONS = SELF + "/sessions";

    private final Shop shop;
    private final Client admin;
    private final Customer customer;
    private final String account;

    AccountIT(Shop shop) {
        this.shop = shop;
        this.admin = shop.admin().client();
        this.customer = shop.signedInCustomer();
        this.account = "/api/v1/customers/" + customer.id();
    }

    @AfterEach
    void the_log_and_the_views_are_as_they_must_be() {
        Answer report = admin.get("/api/v1/admin/audit").hasStatus(200);
        assertThat(report.json().get("clean").asBoolean()).as(report.body()).isTrue();
    }

    private Answer refresh(String refreshToken) {
        return shop.anybody().sendJson("POST", "/api/v1/auth/refresh", Map.of("refresh_token", refreshToken));
    }

    @Test
    void a_refresh_token_is_good_once_and_used_again_it_ends_its_session() {
        String first = shop.signIn(customer.email(), Shop.PASSWORD).at("/refresh_token");

        Answer refreshed = refresh(first).hasStatus(200);
        assertThat(customer.client()
                        .withToken(refreshed.at("/access_token"))
                        .get(SELF)
                        .hasStatus(200)
                        .at("/id"))
                .isEqualTo(customer.id());

        refresh(first).isProblem(401, "invalid-refresh-token");
        refresh(refreshed.at("/refresh_token")).isProblem(401, "invalid-refresh-token");
    }

    @Test
    void what_is_no_refresh_token_is_refused_as_one_that_is_not_valid() {
        for (String none : new String[] {"", "junk", "a.b", customer.client().token(), UUID.randomUUID() + ".x"}) {
            refresh(none).isProblem(401, "invalid-refresh-token");
        }
        shop.anybody().post("/api/v1/auth/refresh").isProblem(401, "invalid-refresh-token");
    }

    @Test
    void a_session_shows_in_the_list_at_once_and_is_gone_from_it_at_once() {
        Answer second = shop.anybody()
                .sendJson(
                        "POST",
                        "/api/v1/auth/signin",
                        Map.of("email", customer.email(), "password", Shop.PASSWORD),
                        "User-Agent",
                        "Lynx/2.9")
                .hasStatus(200);

        Answer listed = customer.client()
                .withToken(second.at("/access_token"))
                .get(SESSIONS)
                .hasStatus(200);
        assertThat(listed.items()).hasSize(2);
        assertThat(listed.at("/items/0/device")).isEqualTo("Lynx/2.9");
        assertThat(listed.json().at("/items/0/current").asBoolean()).isTrue();
        assertThat(listed.json().at("/items/1/current").asBoolean()).isFalse();

        customer.client().delete(SESSIONS + "/" + listed.at("/items/0/id")).hasStatus(204);

        assertThat(customer.client().get(SESSIONS).hasStatus(200).items()).hasSize(1);
        refresh(second.at("/refresh_token")).isProblem(401, "invalid-refresh-token");
    }

    @Test
    void who_signs_out_with_a_refresh_token_cannot_refresh_any_more() {
        String token = shop.signIn(customer.email(), Shop.PASSWORD).at("/refresh_token");

        shop.anybody()
                .sendJson("POST", "/api/v1/auth/signout", Map.of("refresh_token", token))
                .hasStatus(204);

        refresh(token).isProblem(401, "invalid-refresh-token");
        shop.anybody().post("/api/v1/auth/signout").isProblem(401, "unauthenticated");
    }

    @Test
    void a_new_password_counts_at_once_and_ends_all_sessions() {
        String token = shop.signIn(customer.email(), Shop.PASSWORD).at("/refresh_token");

        customer.client()
                .sendJson(
                        "POST",
                        SELF + "/password",
                        Map.of("currentPassword", Shop.PASSWORD, "newPassword", "another long password"))
                .hasStatus(204);

        refresh(token).isProblem(401, "invalid-refresh-token");
        shop.signIn(customer.email(), Shop.PASSWORD).isProblem(401, "bad-credentials");
        Customer again = shop.signedIn(customer.email(), "another long password");
        assertThat(again.client().get(SESSIONS).hasStatus(200).items()).hasSize(1);
    }

    @Test
    void a_new_name_and_e_mail_show_in_the_next_read_and_the_old_e_mail_is_free() {
        String email = "new-" + customer.email();

        customer.client()
                .sendJson("PATCH", SELF, Map.of("name", "Another", "email", email))
                .hasStatus(200);

        Answer shown = customer.client().get(SELF).hasStatus(200);
        assertThat(shown.at("/name")).isEqualTo("Another");
        assertThat(shown.at("/email")).isEqualTo(email);
        shop.signedIn(email, Shop.PASSWORD);
        shop.signUp(customer.email()).hasStatus(201);
    }

    @Test
    void a_deactivated_customer_cannot_sign_in_until_they_are_active_again() {
        Answer closed = admin.sendJson("PATCH", account, Map.of("status", "DEACTIVATED"))
                .hasStatus(200);
        assertThat(closed.at("/status")).isEqualTo("DEACTIVATED");
        shop.signIn(customer.email(), Shop.PASSWORD).isProblem(401, "bad-credentials");

        admin.sendJson("PATCH", account, Map.of("status", "ACTIVE")).hasStatus(200);
        shop.signedIn(customer.email(), Shop.PASSWORD);
    }

    @Test
    void an_erased_customer_is_nowhere_and_their_e_mail_is_free() {
        admin.delete(account).hasStatus(204);

        admin.get(account).isProblem(404, "customer-not-found");
        admin.get(account + "/export").isProblem(404, "customer-not-found");
        assertThat(admin.get("/api/v1/customers?search=" + customer.email())
                        .hasStatus(200)
                        .items())
                .isEmpty();
        shop.signIn(customer.email(), Shop.PASSWORD).isProblem(401, "bad-credentials");
        shop.signUp(customer.email()).hasStatus(201);
    }

    @Test
    void an_export_holds_what_somebody_did() {
        Product thing = shop.listedProduct(5);
        String order = customer.orders(thing.times(2)).hasStatus(201).at("/id");
        customer.puts(1, thing).hasStatus(200);

        Answer export = customer.client().get(SELF + "/export").hasStatus(200);

        assertThat(export.header("Content-Disposition")).contains("kontor-export.json");
        assertThat(export.at("/profile/email")).isEqualTo(customer.email());
        assertThat(export.json().at("/sessions").size()).isEqualTo(1);
        assertThat(export.at("/cart/items/0/productId")).isEqualTo(thing.id());
        assertThat(export.at("/orders/0/id")).isEqualTo(order);
        assertThat(export.json().at("/products").size()).isZero();
        assertThat(admin.get(account + "/export").hasStatus(200).at("/orders/0/id"))
                .isEqualTo(order);
    }
}
