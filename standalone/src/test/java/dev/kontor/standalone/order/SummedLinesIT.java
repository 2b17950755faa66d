package dev.kontor.standalone.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import org.junit.jupiter.api.Test;

/** Equal products on two lines are one line, summed before anything is checked. */
@OnSharedKontor
class SummedLinesIT {

    private final Shop shop;
    private final Customer buyer;
    private final Product thing;

    SummedLinesIT(Shop shop) {
        this.shop = shop;
        this.buyer = shop.signedInCustomer();
        this.thing = shop.listedProduct(5);
    }

    @Test
    void two_lines_that_together_exceed_the_stock_are_refused() {
        Answer rejected = buyer.orders(thing.times(3), thing.times(3)).isProblem(409, "insufficient-stock");

        assertThat(rejected.json().at("/rejection/lines")).hasSize(1);
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(5, 0));
    }

    @Test
    void two_lines_within_the_stock_become_one() {
        Answer confirmed = buyer.orders(thing.times(2), thing.times(2)).hasStatus(201);

        assertThat(confirmed.json().at("/lines")).hasSize(1);
        assertThat(confirmed.number("/lines/0/quantity")).isEqualTo(4);
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(1, 4));
    }

    @Test
    void lines_without_a_valid_sum_are_refused() {
        buyer.orders(thing.times(1_000_000), thing.times(1)).isProblem(400, "invalid-request");
        buyer.orders(thing.times(5), thing.times(-1)).isProblem(400, "invalid-request");

        assertThat(buyer.allOrders()).isEmpty();
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(5, 0));
    }
}
