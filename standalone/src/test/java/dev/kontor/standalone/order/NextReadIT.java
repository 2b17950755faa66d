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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The result that an answer reports is in the very next read, of any view. With many clients, because sequential calls
 * would give every view time enough to follow.
 */
@OnSharedKontor
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NextReadIT {

    private static final int ROUNDS = 15;

    private final Shop shop;
    private final Product soldOut;
    private final List<Customer> buyers;
    private final AtomicInteger notShown = new AtomicInteger();

    NextReadIT(Shop shop) {
        this.shop = shop;
        this.soldOut = shop.listedProduct(0);
        this.buyers = Stream.generate(shop::signedInCustomer).limit(12).toList();
    }

    @Test
    void a_rejected_order_has_given_back() {
        withManyClients((buyer, thing) -> {
            Answer rejected = buyer.orders(thing.times(3), soldOut.times(1));
            if (isShown(rejected)) {
                rejected.isProblem(409, "insufficient-stock");
                assertThat(shop.stockOf(thing)).isEqualTo(new Stock(5, 0));
                assertThat(buyer.statusOf(rejected.at("/orderId"))).isEqualTo("REJECTED");
            }
        });
    }

    @Test
    void a_confirmed_order_has_taken_and_a_cancelled_one_given_back() {
        withManyClients((buyer, thing) -> {
            Answer confirmed = buyer.orders(thing.times(3));
            if (!isShown(confirmed)) {
                return;
            }
            confirmed.hasStatus(201);
            assertThat(shop.stockOf(thing)).isEqualTo(new Stock(2, 3));

            Answer cancelled = buyer.cancels(confirmed.at("/id"));
            if (isShown(cancelled)) {
                cancelled.hasStatus(200);
                assertThat(shop.stockOf(thing)).isEqualTo(new Stock(5, 0));
                assertThat(buyer.statusOf(confirmed.at("/id"))).isEqualTo("CANCELLED");
            }
        });
    }

    @Test
    void a_cart_shows_what_was_put_and_is_empty_after_the_checkout() {
        withManyClients((buyer, thing) -> {
            Answer put = buyer.puts(2, thing);
            if (isShown(put)) {
                put.hasStatus(200);
                assertThat(buyer.cart()).containsExactly("2 × " + thing.title());
            }

            Answer confirmed = buyer.checksOut();
            if (isShown(confirmed)) {
                confirmed.hasStatus(201);
                assertThat(buyer.cart()).isEmpty();
                assertThat(shop.stockOf(thing)).isEqualTo(new Stock(3, 2));
                assertThat(buyer.allOrders()).contains(confirmed.json());
            }
        });
    }

    /** 202 means that it cannot be seen yet, because a wait ran out; counted, so that it stays the exception. */
    private boolean isShown(Answer answer) {
        if (answer.status() == 202) {
            notShown.incrementAndGet();
            return false;
        }
        return true;
    }

    private interface Round {
        void play(Customer buyer, Product thing);
    }

    /** All buyers at once, each with a new product of five units each round. */
    private void withManyClients(Round round) {
        List<Callable<Void>> acts = buyers.stream()
                .<Callable<Void>>map(buyer -> () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        round.play(buyer, shop.listedProduct(5));
                    }
                    return null;
                })
                .toList();
        notShown.set(0);
        ParallelClients.share(buyers.size(), acts, Duration.ofSeconds(300));
        // Else nothing would have been verified.
        assertThat(notShown.get()).isLessThan(buyers.size() * ROUNDS / 2);
    }
}
