package dev.kontor.gateway.customer;

import dev.kontor.gateway.cart.CartJson;
import dev.kontor.gateway.catalog.ProductJson;
import dev.kontor.gateway.identity.SessionJson;
import dev.kontor.gateway.order.OrderJson;
import dev.kontor.gateway.platform.JsonDownload;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.CartQueriesGrpc.CartQueriesBlockingStub;
import dev.kontor.proto.cart.GetCartRequest;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc.CatalogQueriesBlockingStub;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.IdentityQueriesGrpc.IdentityQueriesBlockingStub;
import dev.kontor.proto.identity.ListSessionsRequest;
import dev.kontor.proto.identity.ListSessionsResponse;
import dev.kontor.proto.order.ListOrdersRequest;
import dev.kontor.proto.order.ListOrdersResponse;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderQueriesGrpc.OrderQueriesBlockingStub;
import io.grpc.Channel;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/**
 * Sends all data of a customer as a file. It reads the first page of each list before it sends anything, so that a
 * failure of these reads is answered with a problem document. It reads each further page while it sends.
 */
@Component
class ExportDownload {

    private static final String FILE = "kontor-export.json";
    private static final int PAGE = 100;

    private final Customers customers;
    private final IdentityQueriesBlockingStub sessions;
    private final CartQueriesBlockingStub carts;
    private final OrderQueriesBlockingStub orders;
    private final CatalogQueriesBlockingStub catalog;

    ExportDownload(Customers customers, @QuerySideChannel Channel querySide) {
        this.customers = customers;
        this.sessions = IdentityQueriesGrpc.newBlockingStub(querySide);
        this.carts = CartQueriesGrpc.newBlockingStub(querySide);
        this.orders = OrderQueriesGrpc.newBlockingStub(querySide);
        this.catalog = CatalogQueriesGrpc.newBlockingStub(querySide);
    }

    /** @param customerId empty for the caller */
    void send(String customerId, HttpServletResponse response) throws IOException {
        CustomerJson profile = customers.read(customerId);
        Pages<SessionJson> open = new Pages<>(token -> sessions(customerId, token));
        CartJson cart = CartJson.of(carts.getCart(
                        GetCartRequest.newBuilder().setCustomerId(customerId).build())
                .getCart());
        Pages<OrderJson> placed = new Pages<>(token -> orders(customerId, token));
        Pages<ProductJson> forSale = new Pages<>(token -> products(profile.id(), token));
        JsonDownload.send(response, FILE, json -> {
            json.writeStartObject();
            json.writePOJOProperty("profile", profile);
            open.write("sessions", json);
            json.writePOJOProperty("cart", cart);
            placed.write("orders", json);
            forSale.write("products", json);
            json.writeEndObject();
        });
    }

    private Page<SessionJson> sessions(String customerId, PageRequest page) {
        ListSessionsResponse found = sessions.listSessions(ListSessionsRequest.newBuilder()
                .setCustomerId(customerId)
                .setPage(page)
                .build());
        return Page.of(found.getSessionsList(), SessionJson::of, found.getNextPageToken());
    }

    private Page<OrderJson> orders(String customerId, PageRequest page) {
        ListOrdersResponse found = orders.listOrders(ListOrdersRequest.newBuilder()
                .setCustomerId(customerId)
                .setPage(page)
                .build());
        return Page.of(found.getOrdersList(), OrderJson::of, found.getNextPageToken());
    }

    private Page<ProductJson> products(String sellerId, PageRequest page) {
        SearchProductsResponse found = catalog.searchProducts(SearchProductsRequest.newBuilder()
                .setSeller(sellerId)
                .setPage(page)
                .build());
        return Page.of(found.getProductsList(), ProductJson::of, found.getNextPageToken());
    }

    /** A list whose first page has been read. */
    private static final class Pages<T> {

        private final Function<PageRequest, Page<T>> read;
        private Page<T> page;

        Pages(Function<PageRequest, Page<T>> read) {
            this.read = read;
            this.page = read.apply(Page.request(PAGE, null));
        }

        void write(String name, JsonGenerator json) {
            json.writeArrayPropertyStart(name);
            page.items().forEach(json::writePOJO);
            while (page.nextPageToken() != null) {
                page = read.apply(Page.request(PAGE, page.nextPageToken()));
                page.items().forEach(json::writePOJO);
            }
            json.writeEndArray();
        }
    }
}
