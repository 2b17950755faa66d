package dev.kontor.standalone.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.Shop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code --demo} promises on the console exists. */
@OnSharedKontor
class DemoIT {

    private static final String PASSWORD = "testPass123";

    private final Shop shop;
    private final KontorProcess kontor;

    DemoIT(Shop shop, KontorProcess kontor) {
        this.shop = shop;
        this.kontor = kontor;
    }

    @ParameterizedTest
    @CsvSource({
        "admin1@example.com, ADMIN",
        "admin2@example.com, ADMIN",
        "customer1@example.com, CUSTOMER",
        "customer2@example.com, CUSTOMER"
    })
    void the_accounts_sign_in(String email, String role) {
        assertThat(kontor.output()).contains(email, "password " + PASSWORD);

        Customer signedIn = shop.signedIn(email, PASSWORD);

        assertThat(signedIn.client().get("/api/v1/customers/me").at("/role")).isEqualTo(role);
    }

    @Test
    void the_customers_carts_are_filled() {
        assertThat(shop.signedIn("customer1@example.com", PASSWORD).cart()).hasSize(2);
        assertThat(shop.signedIn("customer2@example.com", PASSWORD).cart()).hasSize(1);
    }

    @Test
    void the_catalog_has_something_in_every_category() {
        List<JsonNode> categories = shop.anonymous()
                .get("/api/v1/catalog/categories")
                .hasStatus(200)
                .items();

        assertThat(categories)
                .extracting(category -> category.get("name").asString())
                .contains("Clothing", "Office", "Pantry", "Workshop");
        for (String category : List.of("Clothing", "Office", "Pantry", "Workshop")) {
            assertThat(shop.anonymous()
                            .get("/api/v1/catalog/products?category=" + category)
                            .hasStatus(200)
                            .items())
                    .hasSize(3)
                    .allSatisfy(product ->
                            assertThat(product.at("/seller/name").asString()).isEqualTo("Ada Admin"));
        }
    }

    @Test
    void the_printed_curl_lines_work() throws Exception {
        List<String> lines = kontor.output()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("curl "))
                .toList();
        assertThat(lines).hasSize(2);

        assertThat(run(lines.get(0)).at("/items")).hasSize(3);
        assertThat(run(lines.get(1)).at("/access_token").asString()).isNotEmpty();
    }

    @Test
    void the_other_printed_addresses_work() {
        assertThat(kontor.output()).contains(kontor.rest() + "/swagger-ui/index.html");
        shop.anonymous().get("/swagger-ui/index.html").hasStatus(200);
        assertThat(shop.anonymous().get("/v3/api-docs").hasStatus(200).json().at("/paths"))
                .isNotEmpty();
        JsonNode readiness = shop.anonymous()
                .get("/actuator/health/readiness")
                .hasStatus(200)
                .json();
        assertThat(readiness.at("/status").asString()).isEqualTo("UP");
        assertThat(readiness.at("/components").propertyNames())
                .containsExactlyInAnyOrder("readinessState", "views", "eventStore", "revocations");
        assertThat(readiness.at("/components"))
                .as("without details")
                .allSatisfy(part -> assertThat(part.propertyNames()).containsExactly("status"));
        assertThat(shop.anonymous()
                        .get("/actuator/health/liveness")
                        .hasStatus(200)
                        .at("/status"))
                .isEqualTo("UP");
    }

    private static JsonNode run(String line) throws IOException, InterruptedException {
        Process curl = new ProcessBuilder("sh", "-c", line.replaceFirst("curl ", "curl -sS --fail --max-time 60 "))
                .redirectErrorStream(true)
                .start();
        String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(curl.exitValue()).as("%s: %s", line, output).isZero();
        return new JsonMapper().readTree(output);
    }
}
