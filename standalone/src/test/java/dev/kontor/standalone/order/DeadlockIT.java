package dev.kontor.standalone.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Orders of the same products in opposite order never deadlock. */
@OnSharedKontor
class DeadlockIT {

    private static final int ORDERS = 1_000;
    private static final int CLIENTS = 40;
    private static final Duration BOUND = Duration.ofSeconds(120);

    private final Shop shop;

    DeadlockIT(Shop shop) {
        this.shop = shop;
    }

    @Test
    void a_thousand_orders_that_cross_are_all_decided() {
        Product plenty = shop.listedProduct(10_000);
        Product enoughForMost = shop.listedProduct(800);
        Customer one = shop.signedInCustomer();
        Customer other = shop.signedInCustomer();
        List<Callable<Answer>> orders = IntStream.range(0, ORDERS)
                .<Callable<Answer>>mapToObj(i -> i % 2 == 0
                        ? () -> one.orders(plenty.times(1), enoughForMost.times(1))
                        : () -> other.orders(enoughForMost.times(1), plenty.times(1)))
                .toList();

        List<Answer> answers = ParallelClients.share(CLIENTS, orders, BOUND);

        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201 && answer.status() != 409)
                .as("what is not decided")
                .isEmpty();
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(800);
        assertThat(List.of(one, other))
                .allSatisfy(customer -> assertThat(customer.allOrders())
                        .hasSize(ORDERS / 2)
                        .doesNotHaveDuplicates()
                        .allMatch(order -> !order.get("status").asString().equals("PLACED")));
        assertThat(shop.stockOf(plenty)).isEqualTo(new Stock(9_200, 800));
        assertThat(shop.stockOf(enoughForMost)).isEqualTo(new Stock(0, 800));
    }
}
