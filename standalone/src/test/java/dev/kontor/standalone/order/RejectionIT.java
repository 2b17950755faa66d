package dev.kontor.standalone.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import org.junit.jupiter.api.Test;

/** An order that cannot be confirmed as a whole takes nothing, and states the reason. */
@OnSharedKontor
class RejectionIT {

    private final Shop shop;
    private final Customer buyer;

    RejectionIT(Shop shop) {
        this.shop = shop;
        this.buyer = shop.signedInCustomer();
    }

    @Test
    void a_short_second_line_leaves_the_first_lines_stock_as_it_was() {
        Product plenty = shop.listedProduct(100);
        Product scarce = shop.listedProduct(2);

        Answer rejected = buyer.orders(plenty.times(40), scarce.times(3)).isProblem(409, "insufficient-stock");

        assertThat(shop.stockOf(plenty)).isEqualTo(new Stock(100, 0));
        assertThat(shop.stockOf(scarce)).isEqualTo(new Stock(2, 0));
        assertThat(rejected.json().at("/rejection/lines")).hasSize(1);
        assertThat(rejected.at("/rejection/lines/0/productId")).isEqualTo(scarce.id());
        assertThat(rejected.at("/rejection/lines/0/code")).isEqualTo("insufficient-stock");
        assertThat(rejected.number("/rejection/lines/0/available")).isEqualTo(2);
    }

    @Test
    void a_rejected_order_can_be_read() {
        Product scarce = shop.listedProduct(2);

        Answer rejected = buyer.orders(scarce.times(3)).isProblem(409, "insufficient-stock");

        Answer order = buyer.order(rejected.at("/orderId")).hasStatus(200);
        assertThat(rejected.header("Location")).isEqualTo("/api/v1/orders/" + order.at("/id"));
        assertThat(order.at("/status")).isEqualTo("REJECTED");
        assertThat(order.json().at("/rejection")).isEqualTo(rejected.json().at("/rejection"));
        assertThat(buyer.allOrders()).containsExactly(order.json());
    }

    @Test
    void every_short_line_is_named() {
        Product none = shop.listedProduct(0);
        Product one = shop.listedProduct(1);
        Product plenty = shop.listedProduct(100);

        Answer rejected =
                buyer.orders(none.times(1), plenty.times(1), one.times(2)).isProblem(409, "insufficient-stock");

        assertThat(rejected.json()
                        .at("/rejection/lines")
                        .valueStream()
                        .map(line -> line.get("productId").asString()))
                .containsExactlyInAnyOrder(none.id(), one.id());
        assertThat(shop.stockOf(plenty)).isEqualTo(new Stock(100, 0));
    }

    @Test
    void a_delisted_product_cannot_be_ordered() {
        Product gone = shop.listedProduct(5);
        shop.delist(gone);

        buyer.orders(gone.times(1)).isProblem(409, "product-delisted");

        assertThat(buyer.allOrders()).isEmpty();
        assertThat(shop.stockOf(gone)).isEqualTo(new Stock(5, 0));
    }

    @Test
    void a_product_that_is_delisted_while_in_a_cart_cannot_be_checked_out() {
        Product stays = shop.listedProduct(5);
        Product goes = shop.listedProduct(5);
        buyer.puts(1, stays).hasStatus(200);
        buyer.puts(2, goes).hasStatus(200);
        shop.delist(goes);

        Answer rejected = buyer.checksOut().isProblem(409, "product-delisted");

        assertThat(rejected.at("/rejection/lines/0/productId")).isEqualTo(goes.id());
        assertThat(buyer.statusOf(rejected.at("/orderId"))).isEqualTo("REJECTED");
        assertThat(shop.stockOf(stays)).isEqualTo(new Stock(5, 0));
        assertThat(buyer.cart()).containsExactlyInAnyOrder("1 × " + stays.title(), "2 × " + goes.title());
    }

    @Test
    void a_rejected_checkout_leaves_the_cart_to_be_checked_out_again() {
        Product scarce = shop.listedProduct(1);
        buyer.puts(2, scarce).hasStatus(200);

        Answer rejected = buyer.checksOut().isProblem(409, "insufficient-stock");
        assertThat(buyer.cart()).containsExactly("2 × " + scarce.title());
        shop.restock(scarce, 1);
        Answer confirmed = buyer.checksOut().hasStatus(201);

        assertThat(confirmed.at("/id")).isNotEqualTo(rejected.at("/orderId"));
        assertThat(shop.stockOf(scarce)).isEqualTo(new Stock(0, 2));
        assertThat(buyer.cart()).isEmpty();
    }

    @Test
    void another_total_than_the_expected_one_is_refused() {
        Product thing = shop.listedProduct(10, 1_000);

        Answer rejected = buyer.ordersExpecting(1_999, thing.times(2)).isProblem(409, "price-changed");

        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(10, 0));
        assertThat(buyer.statusOf(rejected.at("/orderId"))).isEqualTo("REJECTED");
        buyer.ordersExpecting(2_000, thing.times(2)).hasStatus(201);
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(8, 2));
    }
}
