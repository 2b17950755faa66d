package dev.kontor.standalone.identity;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.ToolProcess;
import dev.kontor.standalone.WithKontor;
import dev.kontor.standalone.platform.StoredViews;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A customer's erasure removes their data from the running system, from its files, and from earlier backups. */
class ErasureIT extends WithKontor {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String NAME = "Wilhelmina Kraftmeier-Oestergaard";
    private static final String NEW_NAME = "Wilhelmina Oestergaard-Kraftmeier";
    private static final String EMAIL = "wilhelmina.kraftmeier@oestergaard-mail.example";
    private static final String NEW_EMAIL = "frau.kraftmeier@oestergaard-post.example";
    private static final List<String> PERSONAL = List.of(NAME, NEW_NAME, EMAIL, NEW_EMAIL, "Kraftmeier");
    private static final Map<String, String> ADMIN =
            Map.of("KONTOR_ADMIN_EMAIL", "boss@example.com", "KONTOR_ADMIN_PASSWORD", "a password for the boss");

    private Customer person;
    private Product forSale;
    private String order;

    private Client boss() {
        return shop.signedIn("boss@example.com", "a password for the boss").client();
    }

    @BeforeEach
    void a_customer_uses_the_shop() throws IOException {
        start(data(), ADMIN);
        shop.anonymous()
                .sendJson(
                        "POST",
                        "/api/v1/auth/signup",
                        Map.of("email", EMAIL, "password", Shop.PASSWORD, "name", NAME),
                        "Idempotency-Key",
                        "a-sign-up")
                .hasStatus(201);
        person = shop.signedIn(EMAIL, Shop.PASSWORD);
        person.client()
                .sendJson("PATCH", "/api/v1/customers/me", Map.of("name", NEW_NAME, "email", NEW_EMAIL))
                .hasStatus(200);
        Product bought = shop.listedProduct(10);
        order = person.orders(bought.times(2)).hasStatus(201).at("/id");
        person.puts(1, bought).hasStatus(200);
        String title = "Pot of " + person.id();
        // The kept answer has the name of the seller.
        forSale = new Product(
                person.client()
                        .sendJson(
                                "POST",
                                "/api/v1/catalog/products",
                                Map.of(
                                        "title",
                                        title,
                                        "description",
                                        "",
                                        "category",
                                        "Pots",
                                        "price",
                                        Map.of("amount", 100, "currency", "EUR"),
                                        "stock",
                                        3),
                                "Idempotency-Key",
                                "a-pot")
                        .hasStatus(201)
                        .at("/id"),
                title,
                100);
        assertThat(ByteSearch.filesWith(data(), title))
                .as("what stands in clear is found")
                .isNotEmpty();
    }

    private void erase() {
        person.client().delete("/api/v1/customers/me").hasStatus(204);
    }

    @Test
    void an_erasure_ends_the_session_at_once_and_frees_the_e_mail() {
        Client boss = boss();
        assertThat(shop.look(forSale).at("/seller/name")).isEqualTo(NEW_NAME);

        erase();

        person.client().get("/api/v1/customers/me").isProblem(401, "unauthenticated");
        shop.signIn(NEW_EMAIL, Shop.PASSWORD).isProblem(401, "bad-credentials");
        boss.get("/api/v1/customers/" + person.id()).isProblem(404, "customer-not-found");
        assertThat(boss.get("/api/v1/customers?search=Kraftmeier").items()).isEmpty();
        assertThat(boss.get("/api/v1/orders/" + order).hasStatus(200).at("/customerId"))
                .isEqualTo(person.id());
        eventually(
                SOON,
                "what was for sale is delisted",
                () -> shop.look(forSale),
                seen -> !seen.json().at("/listed").asBoolean(true) || seen.status() == 404);
        assertThat(shop.look(forSale).body()).doesNotContain("Kraftmeier");
        eventually(
                SOON,
                "the cart is empty",
                () -> boss.get("/api/v1/customers/" + person.id() + "/cart"),
                cart -> cart.status() == 404 || cart.items().isEmpty());

        shop.signUp(NEW_EMAIL).hasStatus(201);
        Customer next = shop.signedIn(NEW_EMAIL, Shop.PASSWORD);
        assertThat(next.id()).isNotEqualTo(person.id());
        assertThat(next.allOrders()).isEmpty();
        next.order(order).isProblem(404, "order-not-found");
    }

    @Test
    void afterwards_no_answer_that_showed_the_customer_is_given_again() {
        Map<String, Object> signUp = Map.of("email", EMAIL, "password", Shop.PASSWORD, "name", NAME);
        String path = "/api/v1/catalog/products/" + forSale.id() + "/stock";
        Client boss = boss();
        Answer stocked = boss.sendJson("POST", path, Map.of("change", 1), "Idempotency-Key", "more-pots")
                .hasStatus(200);
        assertThat(stocked.body()).contains(NEW_NAME);
        assertThat(shop.anonymous()
                        .sendJson("POST", "/api/v1/auth/signup", signUp, "Idempotency-Key", "a-sign-up")
                        .hasStatus(201)
                        .body())
                .contains(NAME);

        erase();

        shop.anonymous()
                .sendJson("POST", "/api/v1/auth/signup", signUp, "Idempotency-Key", "a-sign-up")
                .isProblem(409, "customer-inactive");
        assertThat(boss.sendJson("POST", path, Map.of("change", 1), "Idempotency-Key", "more-pots")
                        .isProblem(409, "customer-inactive")
                        .body())
                .doesNotContain("raftmeier");
    }

    @Test
    void afterwards_neither_name_nor_e_mail_is_readable_in_any_file_or_earlier_backup() throws Exception {
        ToolProcess.run("backup", backups(), "--data", data());
        String before = onlyBackup();
        assertThat(boss().get("/api/v1/customers/" + person.id()).at("/name")).isEqualTo(NEW_NAME);

        erase();
        for (String view : List.of("customers", "catalog", "carts", "orders", "product-search", "sessions")) {
            ToolProcess.run("rebuild", view, "--data", data());
        }
        boss().get("/api/v1/customers/" + person.id()).isProblem(404, "customer-not-found");
        assertThat(ToolProcess.run("audit", "--data", data())).startsWith("CLEAN");
        ToolProcess.run("backup", backups(), "--data", data());

        hasNoPersonalData(data());
        hasNoPersonalData(backups());
        viewsHaveNoPersonalData();
        assertThat(kontor.output()).doesNotContain(PERSONAL);
        kontor.stop();
        kontor.exitCode(SOON);
        kontor.close();

        the_restored_earlier_backup_shows_no_personal_data(before);
    }

    private void the_restored_earlier_backup_shows_no_personal_data(String before) throws IOException {
        Path restored = folder.resolve("restored");
        ToolProcess.run("restore", backups(), "--backup", before, "--data", restored);
        for (String key : List.of("master.key", "signing.key")) {
            Files.copy(data().resolve(key), restored.resolve(key));
        }
        start(restored, ADMIN);
        Client boss = boss();

        Answer shown = boss.get("/api/v1/customers/" + person.id()).hasStatus(200);
        assertThat(shown.body()).doesNotContain("ilhelmina").doesNotContain("raftmeier");
        assertThat(shown.at("/name") + shown.at("/email")).isEmpty();
        assertThat(boss.get("/api/v1/customers?search=Kraftmeier").items()).isEmpty();
        assertThat(shop.look(forSale).body()).doesNotContain("raftmeier");
        shop.signIn(NEW_EMAIL, Shop.PASSWORD).isProblem(401, "bad-credentials");
        assertThat(boss.get("/api/v1/orders/" + order).hasStatus(200).at("/status"))
                .isEqualTo("CONFIRMED");
        // Nor can an admin give the account new personal data.
        boss.sendJson("PATCH", "/api/v1/customers/" + person.id(), Map.of("name", "Somebody else"))
                .isProblem(409, "customer-inactive");
        assertThat(ToolProcess.run("audit", "--data", restored)).startsWith("CLEAN");
        hasNoPersonalData(restored);
        viewsHaveNoPersonalData();
    }

    /** Neither in the bytes of the files nor, because some are compressed, in an export of the log. */
    private void hasNoPersonalData(Path searched) throws IOException {
        for (String personal : PERSONAL) {
            assertThat(ByteSearch.filesWith(searched, personal))
                    .as("%s in %s".formatted(personal, searched))
                    .isEmpty();
        }
        if (Files.exists(searched.resolve("log"))) {
            Path export = folder.resolve(searched.getFileName() + ".jsonl.gz");
            ToolProcess.run("export", export, "--data", searched);
            String log;
            try (InputStream lines = new GZIPInputStream(Files.newInputStream(export))) {
                log = new String(lines.readAllBytes(), StandardCharsets.UTF_8);
            }
            assertThat(log).contains(forSale.title()).doesNotContain(PERSONAL);
        }
    }

    private Customer admin() {
        return shop.signedIn(ADMIN.get("KONTOR_ADMIN_EMAIL"), ADMIN.get("KONTOR_ADMIN_PASSWORD"));
    }

    private void viewsHaveNoPersonalData() {
        String all = StoredViews.of(admin(), views -> views.documents().toString());
        assertThat(all).contains(forSale.title()).doesNotContain(PERSONAL);
    }

    private String onlyBackup() throws IOException {
        try (Stream<Path> made = Files.list(backups())) {
            return made.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("\\d{8}-\\d{6}.*"))
                    .findAny()
                    .orElseThrow();
        }
    }
}
