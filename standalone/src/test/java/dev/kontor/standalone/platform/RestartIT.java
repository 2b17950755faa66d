package dev.kontor.standalone.platform;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.NoAnswer;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** All data survives a restart, and the process is not ready before it shows them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartIT {

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration UNTIL_READY = Duration.ofSeconds(120);
    /** Events that the views have to read again. */
    private static final int STOCK_CHANGES = 1_500;

    private static final Map<String, String> FIRST_ADMIN =
            Map.of("KONTOR_ADMIN_EMAIL", "first@example.com", "KONTOR_ADMIN_PASSWORD", "the first admin's password");

    /** @param readiness HTTP status of the probe; 0 while nothing listened @param product of the read right after it */
    private record Look(int readiness, int product) {}

    private final List<Look> looks = new ArrayList<>();
    private KontorProcess before;
    private KontorProcess after;
    private Shop shop;
    private Customer buyer;
    private Product thing;
    private Product last;
    private Answer confirmed;
    private Answer rejected;

    @BeforeAll
    void a_history_and_a_restart(@TempDir Path data) throws IOException {
        before = KontorProcess.begin(data, FIRST_ADMIN).untilReady();
        fill(new Shop(before));
        before.stop();
        before.exitCode(GRACE);

        int port = freePort();
        after = KontorProcess.begin(data, FIRST_ADMIN, "--server.port=" + port);
        watchWhileItStarts(Client.anonymous(URI.create("http://127.0.0.1:" + port)));
        after.untilReady();
        shop = new Shop(after);
    }

    private void fill(Shop shop) {
        thing = shop.listedProduct(10);
        buyer = shop.signedInCustomer();
        confirmed = buyer.orders(thing.times(4)).hasStatus(201);
        rejected = buyer.orders(thing.times(7)).isProblem(409, "insufficient-stock");
        buyer.puts(2, thing).hasStatus(200);
        Callable<Answer> restock = () -> shop.restock(thing, 1);
        ParallelClients.share(20, Collections.nCopies(STOCK_CHANGES, restock), Duration.ofSeconds(120));
        last = shop.listedProduct(1);
    }

    private void watchWhileItStarts(Client anonymous) {
        eventually(UNTIL_READY, "the probe says that it is ready", () -> look(anonymous), look -> {
            looks.add(look);
            return look.readiness() == 200;
        });
    }

    private Look look(Client anonymous) {
        try {
            int readiness = anonymous.get("/actuator/health/readiness").status();
            return new Look(
                    readiness,
                    anonymous.get("/api/v1/catalog/products/" + last.id()).status());
        } catch (NoAnswer notListeningYet) {
            return new Look(0, 0);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
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
    void a_signal_ends_the_process_without_an_error() {
        assertThat(before.exitCode(GRACE)).isZero();
        assertThat(before.output()).doesNotContain(" ERROR ", "\tat ");
    }

    @Test
    void the_process_is_not_ready_before_the_last_product_is_visible() {
        assertThat(looks)
                .allSatisfy(look -> assertThat(look.readiness()).isIn(0, 503, 200))
                .filteredOn(look -> look.readiness() == 200)
                .isNotEmpty()
                .allSatisfy(look -> assertThat(look.product()).isEqualTo(200));
    }

    @Test
    void accounts_are_kept() {
        assertThat(shop.signedIn(buyer.email(), Shop.PASSWORD).id()).isEqualTo(buyer.id());
        shop.signUp(buyer.email()).isProblem(409, "email-taken");
    }

    @Test
    void tokens_are_still_valid() {
        assertThat(buyer.at(shop)
                        .client()
                        .get("/api/v1/customers/me")
                        .hasStatus(200)
                        .at("/email"))
                .isEqualTo(buyer.email());
    }

    @Test
    void orders_are_kept() {
        assertThat(buyer.at(shop).order(confirmed.at("/id")).json()).isEqualTo(confirmed.json());
        assertThat(buyer.at(shop).statusOf(rejected.at("/orderId"))).isEqualTo("REJECTED");
        assertThat(buyer.at(shop).allOrders()).hasSize(2);
    }

    @Test
    void stock_is_kept() {
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(6 + STOCK_CHANGES, 4));
    }

    @Test
    void carts_are_kept() {
        assertThat(buyer.at(shop).cart()).containsExactly("2 × " + thing.title());
    }

    @Test
    void the_first_admin_comes_from_the_environment() {
        Customer admin = shop.signedIn(FIRST_ADMIN.get("KONTOR_ADMIN_EMAIL"), FIRST_ADMIN.get("KONTOR_ADMIN_PASSWORD"));

        assertThat(admin.client().get("/api/v1/customers/me").at("/role")).isEqualTo("ADMIN");
        admin.client().get("/api/v1/admin/views").hasStatus(200);
        assertThat(before.output() + after.output()).doesNotContain(FIRST_ADMIN.get("KONTOR_ADMIN_PASSWORD"));
    }
}
