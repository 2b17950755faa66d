package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.CuttingProxy;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connection between both sides and Axon Server is cut for a while. */
@OnAxonServer
class AxonServerAwayIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int A_WHILE = 20;

    private static CuttingProxy toAxonServer;
    private static Processes processes;
    private static Shop shop;
    private static Customer customer;
    private static Product product;

    @BeforeAll
    static void start() {
        Servers servers = Servers.find().orElseThrow();
        toAxonServer =
                new CuttingProxy(URI.create("grpc://" + servers.axonServer()).getPort());
        Map<String, String> byTheWire = new HashMap<>(servers.environment());
        byTheWire.put("AXON_AXONSERVER_SERVERS", "127.0.0.1:" + toAxonServer.port());
        processes = Processes.start(servers, 1, byTheWire);
        shop = new Shop(processes.rest());
        customer = shop.signedInCustomer();
        product = shop.listedProduct(100_000);
    }

    @AfterAll
    static void end() {
        if (processes != null) {
            processes.close();
            toAxonServer.close();
        }
    }

    private static int readiness(KontorProcess side) {
        return StoresAwayIT.Told.at(side.healthPort(), "readiness").status();
    }

    @Test
    void the_catalog_stays_available_no_answer_is_500_and_all_functions_recover() {
        try (ShopClient looker = new ShopClient("looker", () -> shop.anonymous().get("/api/v1/catalog/products"));
                ShopClient buyer = new ShopClient("buyer", () -> customer.orders(product.times(1)))) {
            eventually(SOON, "both are content", () -> looker.isContent(A_WHILE) && buyer.isContent(A_WHILE));

            toAxonServer.cut();
            eventually(SOON, "orders are refused", () -> buyer.statuses().contains(503));
            int looked = looker.visits();
            eventually(SOON, "the catalog is looked at", () -> looker.visits() > looked + 100);
            // Gateways that start now find the query side, and no command side that could accept an order.
            assertThat(readiness(processes.querySide(0))).isEqualTo(200);
            eventually(SOON, "the command side is not ready", () -> readiness(processes.commandSide(0)) == 503);
            toAxonServer.restore();

            eventually(SOON, "both are content again", () -> looker.isContent(A_WHILE) && buyer.isContent(A_WHILE));
            assertThat(looker.statuses()).as(looker.toString()).containsExactly(200);
            assertThat(buyer.statuses()).as(buyer.toString()).isSubsetOf(201, 202, 503, 504);
        }
        eventually(
                SOON,
                "every order is decided",
                () -> customer.allOrders(),
                orders -> orders.stream()
                        .noneMatch(order -> order.get("status").asString().equals("PLACED")));
        assertThat(AxonServerAudit.of(Servers.find().orElseThrow())).contains("CLEAN");
    }
}
