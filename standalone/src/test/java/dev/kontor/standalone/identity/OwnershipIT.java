package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Only the owner of data, and admins, can see or change it. */
@OnSharedKontor
class OwnershipIT {

    private static final String ANY_ID = "00000000-0000-4000-8000-000000000000";

    private final Shop shop;
    private final Customer owner;
    private final Customer stranger;

    OwnershipIT(Shop shop) {
        this.shop = shop;
        this.owner = shop.signedInCustomer();
        this.stranger = shop.signedInCustomer();
    }

    @Test
    void an_admin_can_appoint_another() {
        String role = "/api/v1/customers/" + owner.id() + "/role";

        shop.admin().client().sendJson("PUT", role, Map.of("role", "ADMIN")).hasStatus(200);

        Customer promoted = shop.signedIn(owner.email(), Shop.PASSWORD);
        promoted.client().get("/api/v1/admin/views").hasStatus(200);
    }

    @Test
    void another_customers_order_does_not_exist() {
        Product thing = shop.listedProduct(10);
        String order = owner.orders(thing.times(1)).hasStatus(201).at("/id");

        Answer read = stranger.order(order).isProblem(404, "order-not-found");
        stranger.cancels(order).isProblem(404, "order-not-found");

        assertThat(read.at("/detail")).isEqualTo(stranger.order(ANY_ID).at("/detail"));
        assertThat(stranger.allOrders()).isEmpty();
        stranger.client().get("/api/v1/orders?customer=" + owner.id()).isProblem(403, "forbidden");
        assertThat(owner.statusOf(order)).isEqualTo("CONFIRMED");
        assertThat(shop.admin().statusOf(order)).isEqualTo("CONFIRMED");
    }

    @Test
    void another_customers_cart_and_profile_are_forbidden() {
        Product thing = shop.listedProduct(10);
        owner.puts(2, thing).hasStatus(200);
        String customer = "/api/v1/customers/" + owner.id();
        Client client = stranger.client();

        client.get(customer).isProblem(403, "forbidden");
        client.get(customer + "/cart").isProblem(403, "forbidden");
        client.delete(customer + "/cart").isProblem(403, "forbidden");
        client.sendJson("PUT", customer + "/cart/items/" + thing.id(), Map.of("quantity", 9))
                .isProblem(403, "forbidden");
        client.post(customer + "/cart/checkout").isProblem(403, "forbidden");

        assertThat(stranger.cart()).isEmpty();
        assertThat(owner.cart()).containsExactly("2 × " + thing.title());
        assertThat(owner.allOrders()).isEmpty();
        shop.admin().client().get(customer).hasStatus(200);
        assertThat(shop.admin().client().get(customer + "/cart").items()).hasSize(1);
    }

    @Test
    void another_sellers_product_cannot_be_changed() {
        Product thing = shop.listedProduct(10);
        String path = "/api/v1/catalog/products/" + thing.id();

        stranger.client().sendJson("PATCH", path, Map.of("title", "Mine now")).isProblem(403, "forbidden");
        stranger.client()
                .sendJson("POST", path + "/stock", Map.of("change", -10))
                .isProblem(403, "forbidden");
        stranger.client().delete(path).isProblem(403, "forbidden");

        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(10, 0));
        assertThat(shop.look(thing).at("/title")).isEqualTo(thing.title());
        shop.admin()
                .client()
                .sendJson("POST", path + "/stock", Map.of("change", 1))
                .hasStatus(200);
    }
}
