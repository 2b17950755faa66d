package dev.kontor.standalone.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The whole use of the shop, from the first call to the last; every step shows in the next read. */
@OnSharedKontor
class WalkIT {

    private final Shop shop;
    private final Product pen;
    private final Product lamp;

    WalkIT(Shop shop) {
        this.shop = shop;
        this.pen = shop.listedProduct(10, 250);
        this.lamp = shop.listedProduct(7, 9_900);
    }

    @Test
    void from_sign_up_to_a_confirmed_order() {
        String email = "walker-" + UUID.randomUUID() + "@example.com";
        Answer signedUp = shop.signUp(email).hasStatus(201);
        assertThat(signedUp.at("/email")).isEqualTo(email);
        assertThat(signedUp.at("/role")).isEqualTo("CUSTOMER");

        Customer walker = shop.signedIn(email, Shop.PASSWORD);
        assertThat(walker.id()).isEqualTo(signedUp.at("/id"));

        assertThat(whatIsFound("pageSize=100")).contains(pen.title(), lamp.title());

        walker.puts(2, pen).hasStatus(200);
        assertThat(walker.cart()).containsExactly("2 × " + pen.title());
        walker.puts(1, lamp).hasStatus(200);
        assertThat(walker.cart()).containsExactlyInAnyOrder("2 × " + pen.title(), "1 × " + lamp.title());
        assertThat(walker.client().get("/api/v1/cart").number("/total/amount")).isEqualTo(2 * 250 + 9_900);

        Answer order = walker.checksOut().hasStatus(201);
        assertThat(order.at("/status")).isEqualTo("CONFIRMED");
        assertThat(order.number("/total/amount")).isEqualTo(2 * 250 + 9_900);
        assertThat(order.header("Location")).isEqualTo("/api/v1/orders/" + order.at("/id"));

        assertThat(shop.stockOf(pen)).isEqualTo(new Stock(8, 2));
        assertThat(shop.stockOf(lamp)).isEqualTo(new Stock(6, 1));
        assertThat(walker.cart()).isEmpty();
        assertThat(walker.order(order.at("/id")).json()).isEqualTo(order.json());
        assertThat(walker.allOrders()).containsExactly(order.json());
    }

    @Test
    void a_sellers_change_is_visible_at_once() {
        Client seller = shop.seller().client();
        String path = "/api/v1/catalog/products/" + pen.id();

        assertThat(shop.look(pen).number("/available")).isEqualTo(10);
        shop.restock(pen, 5);
        assertThat(shop.look(pen).number("/available")).isEqualTo(15);
        shop.restock(pen, -15);
        assertThat(shop.look(pen).number("/available")).isZero();

        seller.sendJson("PATCH", path, Map.of("price", Map.of("amount", 275, "currency", "EUR")))
                .hasStatus(200);
        assertThat(shop.look(pen).number("/price/amount")).isEqualTo(275);

        shop.delist(pen);
        assertThat(shop.look(pen).json().at("/listed").asBoolean()).isFalse();
        assertThat(whatIsFound("pageSize=100")).doesNotContain(pen.title()).contains(lamp.title());
    }

    @Test
    void a_seller_sees_what_was_sold() {
        Customer buyer = shop.signedInCustomer();
        Answer order = buyer.orders(lamp.times(1)).hasStatus(201);

        assertThat(shop.seller().client().get("/api/v1/orders?as=seller").items())
                .contains(order.json());
        assertThat(buyer.client().get("/api/v1/orders?as=seller").items()).isEmpty();
    }

    private String whatIsFound(String query) {
        return shop.anonymous()
                .get("/api/v1/catalog/products?" + query)
                .hasStatus(200)
                .body();
    }
}
