package dev.kontor.standalone.cart;

import static dev.kontor.standalone.Eventually.eventually;
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
import org.junit.jupiter.api.Test;

/** A cart has one checkout at a time, and can be filled meanwhile. */
@OnSharedKontor
class CheckoutIT {

    private static final int MOST_ROUNDS = 50;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Shop shop;
    private final Customer buyer;

    CheckoutIT(Shop shop) {
        this.shop = shop;
        this.buyer = shop.signedInCustomer();
    }

    /**
     * A second checkout after the end of the first finds an empty cart. The rounds continue until both have met several
     * times.
     */
    @Test
    void two_checkouts_at_once_are_one_order() {
        Product thing = shop.listedProduct(1_000);
        int met = 0;
        for (int round = 1; met < 5; round++) {
            assertThat(round).as("rounds until both met %d times", met).isLessThan(MOST_ROUNDS);
            buyer.puts(1, thing).hasStatus(200);

            List<Answer> answers = ParallelClients.allAtOnce(2, buyer::checksOut);

            List<String> orders = answers.stream()
                    .filter(answer -> answer.status() == 201)
                    .map(answer -> answer.at("/id"))
                    .toList();
            assertThat(orders.stream().distinct()).hasSize(1);
            if (orders.size() == 2) {
                met++;
            } else {
                assertThat(answers).anySatisfy(late -> late.isProblem(409, "cart-empty"));
            }
            assertThat(buyer.allOrders()).hasSize(round);
            assertThat(shop.stockOf(thing)).isEqualTo(new Stock(1_000 - round, round));
            assertThat(buyer.cart()).isEmpty();
        }
    }

    @Test
    void an_item_put_while_a_checkout_runs_is_still_in_the_cart_afterwards() {
        for (int round = 0; round < 10; round++) {
            Customer customer = shop.signedInCustomer();
            Product ordered = shop.listedProduct(10);
            Product later = shop.listedProduct(10);
            customer.puts(3, ordered).hasStatus(200);

            String order = customer.checksOutWithoutWaiting().hasStatus(202).at("/id");
            customer.puts(2, later).hasStatus(200);

            String kept = "2 × " + later.title();
            eventually(SOON, "only what was put later is in the cart", customer::cart, cart -> {
                assertThat(cart).contains(kept);
                return cart.size() == 1;
            });
            // Another view than the cart's.
            eventually(SOON, "the order is confirmed", () -> customer.statusOf(order), "CONFIRMED"::equals);
            assertThat(customer.order(order).json().at("/lines")).hasSize(1);
            assertThat(shop.stockOf(ordered)).isEqualTo(new Stock(7, 3));
            assertThat(shop.stockOf(later)).isEqualTo(new Stock(10, 0));
        }
    }

    @Test
    void an_empty_cart_cannot_be_checked_out() {
        Product thing = shop.listedProduct(10);

        buyer.checksOut().isProblem(409, "cart-empty");
        buyer.puts(1, thing).hasStatus(200);
        buyer.client().delete("/api/v1/cart").hasStatus(204);
        assertThat(buyer.cart()).isEmpty();
        buyer.checksOut().isProblem(409, "cart-empty");

        assertThat(buyer.allOrders()).isEmpty();
    }

    @Test
    void the_last_change_of_a_line_counts() {
        Product thing = shop.listedProduct(10);
        Product other = shop.listedProduct(10);
        buyer.puts(5, thing).hasStatus(200);
        buyer.puts(2, thing).hasStatus(200);
        buyer.puts(1, other).hasStatus(200);
        buyer.client().delete("/api/v1/cart/items/" + other.id()).hasStatus(200);

        assertThat(buyer.cart()).containsExactly("2 × " + thing.title());
        buyer.checksOut().hasStatus(201);

        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(8, 2));
        assertThat(shop.stockOf(other)).isEqualTo(new Stock(10, 0));
    }
}
