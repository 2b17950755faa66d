package dev.kontor.standalone.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One idempotency key of a customer identifies one order, however often and from wherever it is sent. */
@OnSharedKontor
class IdempotencyIT {

    private final Shop shop;
    private final Customer buyer;
    private final Product thing;

    IdempotencyIT(Shop shop) {
        this.shop = shop;
        this.buyer = shop.signedInCustomer();
        this.thing = shop.listedProduct(100);
    }

    @Test
    void the_same_key_twice_is_one_order_and_one_answer() {
        Answer first = buyer.ordersWithKey("key-1", thing.times(2)).hasStatus(201);
        Answer second = buyer.ordersWithKey("key-1", thing.times(2)).hasStatus(201);

        assertThat(second.json()).isEqualTo(first.json());
        assertThat(buyer.allOrders()).hasSize(1);
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(98, 2));
    }

    @Test
    void the_same_key_sixteen_times_at_once_is_one_order_and_one_answer() {
        List<Answer> answers = ParallelClients.allAtOnce(16, () -> buyer.ordersWithKey("key-2", thing.times(3)));

        assertThat(answers).allSatisfy(answer -> answer.hasStatus(201));
        assertThat(answers)
                .extracting(Answer::json)
                .containsOnly(answers.getFirst().json());
        assertThat(buyer.allOrders()).hasSize(1);
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(97, 3));
    }

    @Test
    void a_repeat_of_a_rejected_order_gets_the_same_answer() {
        Answer first = buyer.ordersWithKey("key-3", thing.times(101)).isProblem(409, "insufficient-stock");
        shop.restock(thing, 100);
        Answer second = buyer.ordersWithKey("key-3", thing.times(101)).isProblem(409, "insufficient-stock");

        assertThat(second.at("/orderId")).isEqualTo(first.at("/orderId"));
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(200, 0));
    }

    @Test
    void the_same_key_with_another_body_is_refused() {
        Product another = shop.listedProduct(100);
        buyer.ordersWithKey("key-4", thing.times(1)).hasStatus(201);

        buyer.ordersWithKey("key-4", thing.times(2)).isProblem(422, "idempotency-key-reused");
        buyer.ordersWithKey("key-4", another.times(1)).isProblem(422, "idempotency-key-reused");

        assertThat(buyer.allOrders()).hasSize(1);
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(99, 1));
        assertThat(shop.stockOf(another)).isEqualTo(new Stock(100, 0));
    }

    @Test
    void another_customers_key_is_another_key() {
        Customer other = shop.signedInCustomer();

        String mine =
                buyer.ordersWithKey("key-5", thing.times(1)).hasStatus(201).at("/id");
        String theirs =
                other.ordersWithKey("key-5", thing.times(1)).hasStatus(201).at("/id");

        assertThat(theirs).isNotEqualTo(mine);
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(98, 2));
    }

    @Test
    void without_a_key_the_same_order_twice_is_two_orders() {
        buyer.orders(thing.times(1)).hasStatus(201);
        buyer.orders(thing.times(1)).hasStatus(201);

        assertThat(buyer.allOrders()).hasSize(2);
    }
}
