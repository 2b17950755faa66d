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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All stock is sold, and not one unit more. */
@OnSharedKontor
class LastItemsIT {

    private static final int STOCK = 10;
    private static final int ORDERS = 200;
    private static final int CLIENTS = 50;

    private final Shop shop;

    LastItemsIT(Shop shop) {
        this.shop = shop;
    }

    @Test
    void the_last_item_is_sold_exactly_ten_times() {
        Product last = shop.listedProduct(STOCK);
        List<Customer> buyers = Stream.generate(shop::signedInCustomer).limit(5).toList();
        List<Callable<Answer>> orders = IntStream.range(0, ORDERS)
                .<Callable<Answer>>mapToObj(
                        i -> () -> buyers.get(i % buyers.size()).orders(last.times(1)))
                .toList();

        List<Answer> answers = ParallelClients.share(CLIENTS, orders, Duration.ofSeconds(120));

        List<Answer> confirmed =
                answers.stream().filter(answer -> answer.status() == 201).toList();
        List<Answer> rejected =
                answers.stream().filter(answer -> answer.status() != 201).toList();
        assertThat(confirmed).hasSize(STOCK);
        assertThat(rejected).hasSize(ORDERS - STOCK).allSatisfy(answer -> answer.isProblem(409, "insufficient-stock"));
        assertThat(shop.stockOf(last)).isEqualTo(new Stock(0, STOCK));
        assertThat(statuses(buyers, "CONFIRMED")).isEqualTo(STOCK);
        assertThat(statuses(buyers, "REJECTED")).isEqualTo(ORDERS - STOCK);
    }

    private static long statuses(List<Customer> buyers, String status) {
        return buyers.stream()
                .flatMap(buyer -> buyer.allOrders().stream())
                .filter(order -> order.get("status").asString().equals(status))
                .count();
    }
}
