package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first admin comes from the environment, or is generated and printed once; the last one stays. */
class FirstAdminIT {

    private static final Duration SOON = Duration.ofSeconds(120);
    private static final Pattern PRINTED = Pattern.compile("e-mail +(\\S+)\\R +password +(\\S+)");

    @TempDir
    Path data;

    @Test
    void by_default_a_first_admin_is_created_printed_once_and_stays_the_last() {
        String email;
        String password;
        try (KontorProcess kontor = KontorProcess.start(data)) {
            Matcher printed = PRINTED.matcher(kontor.output());
            assertThat(printed.find()).as(kontor.output()).isTrue();
            email = printed.group(1);
            password = printed.group(2);
            Shop shop = new Shop(kontor);
            Customer admin = shop.signedIn(email, password);
            admin.client().get("/api/v1/admin/views").hasStatus(200);

            theLastAdminStays(shop, admin);
            kontor.stop();
            kontor.exitCode(SOON);
        }
        try (KontorProcess kontor = KontorProcess.start(data)) {
            assertThat(kontor.output()).doesNotContain("password");
            new Shop(kontor).signedIn(email, password);
        }
        // After the loss of a password the environment names another one.
        try (KontorProcess kontor = KontorProcess.begin(
                        data,
                        Map.of("KONTOR_ADMIN_EMAIL", "second@example.com", "KONTOR_ADMIN_PASSWORD", Shop.PASSWORD))
                .untilReady()) {
            Client second = new Shop(kontor)
                    .signedIn("second@example.com", Shop.PASSWORD)
                    .client();
            assertThat(second.get("/api/v1/customers?search=" + email).items()).hasSize(1);
        }
    }

    /** Spring must replace neither. */
    @Test
    void the_password_of_the_setting_is_used_literally() {
        String password = "pa${user.name}ss #{1+1} ${x";
        try (KontorProcess kontor = KontorProcess.begin(
                        data, Map.of("KONTOR_ADMIN_EMAIL", "boss@example.com", "KONTOR_ADMIN_PASSWORD", password))
                .untilReady()) {
            new Shop(kontor).signedIn("boss@example.com", password);
        }
    }

    private static void theLastAdminStays(Shop shop, Customer admin) {
        String self = "/api/v1/customers/" + admin.id();
        admin.client()
                .sendJson("PUT", self + "/role", Map.of("role", "CUSTOMER"))
                .isProblem(409, "last-admin");
        admin.client().sendJson("PATCH", self, Map.of("status", "DEACTIVATED")).isProblem(409, "last-admin");
        admin.client().delete(self).isProblem(409, "last-admin");
        admin.client().delete("/api/v1/customers/me").isProblem(409, "last-admin");

        Customer next = shop.signedInCustomer();
        admin.client()
                .sendJson("PUT", "/api/v1/customers/" + next.id() + "/role", Map.of("role", "ADMIN"))
                .hasStatus(200);
        Customer promoted = shop.signedIn(next.email(), Shop.PASSWORD);
        promoted.client().delete(self + "/sessions").hasStatus(204);
        // A caller whose token ends by the operation cannot be shown the result.
        promoted.client()
                .sendJson("PUT", "/api/v1/customers/" + next.id() + "/role", Map.of("role", "CUSTOMER"))
                .hasStatus(202);
    }

    @ParameterizedTest
    @CsvSource({
        "boss@example.com, short, must have at least 12 characters",
        "boss@example.com, aaaaaaaaaaaaaaa, is too easy to guess",
        "no e-mail, a good long password, must be an e-mail address",
        "boss@example.com, PasswordPassword, is too easy to guess",
        "'', a good long password, KONTOR_ADMIN_EMAIL is not"
    })
    void invalid_settings_of_the_first_admin_are_refused(String email, String password, String why) {
        try (KontorProcess kontor =
                KontorProcess.begin(data, Map.of("KONTOR_ADMIN_EMAIL", email, "KONTOR_ADMIN_PASSWORD", password))) {
            assertThat(kontor.exitCode(SOON)).isEqualTo(1);
            assertThat(kontor.output()).contains(why).doesNotContain(password.isEmpty() ? "\0" : password);
        }
    }
}
