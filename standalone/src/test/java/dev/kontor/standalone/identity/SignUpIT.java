package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An e-mail belongs to one customer at a time. */
@OnSharedKontor
class SignUpIT {

    private final Shop shop;
    private final String email = "claimed-" + UUID.randomUUID() + "@example.com";

    SignUpIT(Shop shop) {
        this.shop = shop;
    }

    @Test
    void an_e_mail_in_another_letter_case_is_the_same_e_mail() {
        shop.signUp(email).hasStatus(201);

        shop.signUp(email).isProblem(409, "email-taken");
        shop.signUp(email.toUpperCase(Locale.ROOT)).isProblem(409, "email-taken");
        shop.signUp(email.replace("claimed", "ClaiMed")).isProblem(409, "email-taken");
        shop.signIn(email.toUpperCase(Locale.ROOT), Shop.PASSWORD).hasStatus(200);
    }

    @Test
    void of_twenty_sign_ups_at_once_exactly_one_has_the_e_mail() {
        List<Answer> answers = ParallelClients.allAtOnce(20, () -> shop.signUp(email));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(answer -> answer.isProblem(409, "email-taken"));
        shop.signIn(email, Shop.PASSWORD).hasStatus(200);
    }

    @Test
    void a_wrong_password_and_an_unknown_e_mail_get_the_same_answer() {
        shop.signUp(email).hasStatus(201);

        Answer wrong = shop.signIn(email, "not the password").isProblem(401, "bad-credentials");
        Answer unknown = shop.signIn("nobody-" + email, Shop.PASSWORD).isProblem(401, "bad-credentials");

        assertThat(unknown.at("/detail")).isEqualTo(wrong.at("/detail"));
    }

    @Test
    void a_sign_up_never_makes_an_admin() {
        Answer signedUp = shop.anonymous()
                .sendJson(
                        "POST",
                        "/api/v1/auth/signup",
                        Map.of("email", email, "password", Shop.PASSWORD, "name", "Some One", "role", "ADMIN"))
                .hasStatus(201);

        assertThat(signedUp.at("/role")).isEqualTo("CUSTOMER");
        assertThat(shop.signedIn(email, Shop.PASSWORD)
                        .client()
                        .get("/api/v1/customers/me")
                        .at("/role"))
                .isEqualTo("CUSTOMER");
    }

    @ParameterizedTest
    @CsvSource({
        "not an e-mail, a long enough password, Some One, email",
        "someone@example.com, short, Some One, password",
        "someone@example.com, a long enough password, '', name"
    })
    void invalid_values_of_a_sign_up_are_named(String address, String password, String name, String field) {
        Answer refused = shop.anonymous()
                .sendJson("POST", "/api/v1/auth/signup", Map.of("email", address, "password", password, "name", name))
                .isProblem(400, "invalid-request");

        assertThat(refused.at("/errors/0/field")).isEqualTo(field);
    }
}
