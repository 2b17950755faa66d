package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.Money;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.Product;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Clients that request the largest pages and do not read them hold only their share of the memory. */
@TestPropertySource(properties = {"kontor.http.answers-percent=2", "kontor.http.header-deadline=30s"})
class LargeAnswersTest extends GatewayTest {

    private static final int SMALLEST_BUFFER = 1_024;
    /** Larger than the buffers of the operating system. */
    private static final int PAGE = 400;

    private static final String PRODUCTS = "/api/v1/catalog/products";

    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    private static SearchProductsResponse page(int size) {
        Product product = Product.newBuilder()
                .setTitle("Title")
                .setDescription("\u6F22".repeat(5_000))
                .setPrice(Money.newBuilder().setCurrency("EUR"))
                .build();
        return SearchProductsResponse.newBuilder()
                .addAllProducts(Collections.nCopies(size, product))
                .build();
    }

    private Socket ask() throws IOException {
        Socket client = new Socket();
        clients.add(client);
        client.setReceiveBufferSize(SMALLEST_BUFFER);
        client.connect(new InetSocketAddress("127.0.0.1", port));
        client.getOutputStream()
                .write(("GET " + PRODUCTS + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    @Test
    void unread_pages_have_a_share_of_the_memory_and_further_ones_are_refused() throws IOException {
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), request -> page(PAGE));
        long bytes = 3L * (page(PAGE).getSerializedSize() - RequestsInFlight.FREE_BYTES);
        long pages = Runtime.getRuntime().maxMemory() / 100 * 2 / 2 / bytes;
        for (int i = 0; i < pages; i++) {
            assertThat(ask().getInputStream().readNBytes(12))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("HTTP/1.1 200");
        }

        Answer refused = send("GET", PRODUCTS).satisfies(problem(Problem.OVERLOADED));

        assertThat(refused.header("Retry-After")).isEqualTo("1");
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), request -> page(0));
        send("GET", PRODUCTS).hasStatus(200);
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), request -> page(PAGE));
        for (Socket client : clients) {
            client.close();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> send("GET", PRODUCTS).status() == 200);
    }
}
