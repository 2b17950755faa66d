package dev.kontor.standalone.cart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A guest's cart stays with the client until the guest signs in. */
@OnSharedKontor
class GuestCartIT {

    private final Shop shop;

    GuestCartIT(Shop shop) {
        this.shop = shop;
    }

    private static Map<String, Object> lines(Object... productsAndQuantities) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (int i = 0; i < productsAndQuantities.length; i += 2) {
            lines.add(Map.of("productId", productsAndQuantities[i], "quantity", productsAndQuantities[i + 1]));
        }
        return Map.of("lines", lines);
    }

    private static Answer merge(Customer customer, String key, Map<String, Object> lines) {
        return customer.client().sendJson("POST", "/api/v1/cart/merge", lines, "Idempotency-Key", key);
    }

    private static Answer cartOf(Customer customer) {
        return customer.client().get("/api/v1/cart").hasStatus(200);
    }

    @Test
    void a_guest_sees_prices_signs_in_and_keeps_the_cart() {
        Product tea = shop.listedProduct(10);
        String unknown = UUID.randomUUID().toString();
        Map<String, Object> cart = lines(tea.id(), 2, unknown, 1, tea.id(), 3);

        Answer quote =
                shop.anonymous().sendJson("POST", "/api/v1/catalog/quote", cart).hasStatus(200);
        assertThat(quote.number("/items/0/quantity")).isEqualTo(5);
        assertThat(quote.number("/items/0/available")).isEqualTo(10);
        assertThat(quote.json().has("total")).isFalse();

        Customer guest = shop.signedInCustomer();
        guest.puts(1, tea).hasStatus(200);
        Answer merged = merge(guest, "a-key", cart).hasStatus(200);
        assertThat(merged.at("/added/0/productId")).isEqualTo(tea.id());
        assertThat(merged.number("/added/0/quantity")).isEqualTo(5);
        assertThat(merged.at("/leftOut/0/productId")).isEqualTo(unknown);
        assertThat(merged.at("/leftOut/0/code")).isEqualTo("product-not-found");
        assertThat(cartOf(guest).number("/items/0/quantity")).isEqualTo(6);
        merge(guest, "a-key", lines(tea.id(), 1)).isProblem(422, "idempotency-key-reused");
        guest.checksOut().hasStatus(201);
    }

    @Test
    void many_retries_at_once_add_the_lines_once_and_are_answered_alike() {
        Product tea = shop.listedProduct(10);
        Customer guest = shop.signedInCustomer();

        List<Answer> answers = ParallelClients.allAtOnce(16, () -> merge(guest, "a-key", lines(tea.id(), 2)));

        assertThat(answers).allSatisfy(answer -> answer.hasStatus(200));
        assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
        assertThat(cartOf(guest).number("/items/0/quantity")).isEqualTo(2);
    }
}
