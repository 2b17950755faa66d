package dev.kontor.standalone.order;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer cannot reserve all units of a product: three orders, and ten units in them. */
class TooManyOpenOrdersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] BOUNDS = {"--kontor.orders.most-open=3", "--kontor.orders.most-open-units=10"};

    private static void isRefused(Answer answer) {
        answer.isProblem(409, "too-many-open-orders");
        assertThat(answer.json().has("orderId")).isFalse();
    }

    @Test
    void open_orders_of_a_customer_are_bounded_also_after_a_restart(@TempDir Path data) {
        Shop shop;
        Customer buyer;
        Product thing;
        try (KontorProcess kontor = KontorProcess.start(data, BOUNDS)) {
            shop = new Shop(kontor);
            thing = shop.listedProduct(1_000);
            buyer = shop.signedInCustomer();

            isRefused(buyer.orders(thing.times(11)));
            String first = buyer.orders(thing.times(4)).hasStatus(201).at("/id");
            isRefused(buyer.orders(thing.times(7)));
            Answer second = buyer.ordersWithKey("second", thing.times(2)).hasStatus(201);
            buyer.orders(thing.times(1)).hasStatus(201);
            isRefused(buyer.orders(thing.times(1)));
            assertThat(buyer.ordersWithKey("second", thing.times(2))
                            .hasStatus(201)
                            .at("/id"))
                    .isEqualTo(second.at("/id"));
            assertThat(buyer.allOrders()).hasSize(3);
            assertThat(shop.stockOf(thing)).isEqualTo(new Stock(993, 7));
            shop.signedInCustomer().orders(thing.times(10)).hasStatus(201);

            buyer.puts(1, thing).hasStatus(200);
            isRefused(buyer.checksOut());
            assertThat(buyer.cart()).containsExactly("1 × " + thing.title());

            buyer.cancels(first).hasStatus(200);
            eventually(PATIENCE, "the cancelled order no longer counts", buyer::checksOut, out -> out.status() == 201);
            isRefused(buyer.orders(thing.times(1)));
            kontor.stop();
            kontor.exitCode(PATIENCE);
        }
        try (KontorProcess kontor = KontorProcess.start(data, BOUNDS)) {
            Customer again = buyer.at(new Shop(kontor));
            isRefused(again.orders(thing.times(1)));
            String oldest = again.allOrders().getFirst().get("id").asString();
            again.cancels(oldest).hasStatus(200);
            eventually(
                    PATIENCE,
                    "the cancelled order no longer counts",
                    () -> again.orders(thing.times(1)),
                    answer -> answer.status() == 201);
        }
    }

    @Test
    void simultaneous_orders_are_bounded(@TempDir Path data) {
        try (KontorProcess kontor = KontorProcess.start(data, BOUNDS)) {
            Shop shop = new Shop(kontor);
            Product thing = shop.listedProduct(1_000);
            Customer buyer = shop.signedInCustomer();
            Callable<Answer> order = () -> buyer.orders(thing.times(4));

            List<Answer> answers = ParallelClients.share(20, Collections.nCopies(100, order), PATIENCE);

            assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 409));
            assertThat(answers).filteredOn(answer -> answer.status() == 409).allSatisfy(TooManyOpenOrdersIT::isRefused);
            assertThat(shop.stockOf(thing).reserved()).isLessThanOrEqualTo(8);
            buyer.puts(11, thing).hasStatus(200);
            isRefused(buyer.checksOut());
        }
    }
}
