package dev.kontor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kontor.api.cart.CartId;
import dev.kontor.api.identity.CredentialsId;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdsTest {

    private static final String UPPER = "0197A3C2-0000-7000-8000-00000000000A";
    private static final String LOWER = "0197a3c2-0000-7000-8000-00000000000a";
    private static final CustomerId ANNA = new CustomerId("0197a3c2-0000-7000-8000-000000000001");
    private static final CustomerId BERT = new CustomerId("0197a3c2-0000-7000-8000-000000000002");

    static List<Function<String, Object>> kinds() {
        return List.of(CustomerId::new, ProductId::new, OrderId::new);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void an_id_reads_the_same_in_either_case(Function<String, Object> id) {
        assertThat(id.apply(UPPER)).isEqualTo(id.apply(LOWER)).hasToString(LOWER);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_text_that_is_not_a_uuid_is_not_an_id(Function<String, Object> id) {
        Stream.of(null, "", "1", "cart-" + LOWER)
                .forEach(text -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> id.apply(text))
                        .withMessage("must be a UUID"));
    }

    @Test
    void ids_are_minted_as_version_7() {
        assertThat(Stream.of(CustomerId.mint(), ProductId.mint(), OrderId.mint())
                        .map(id -> UUID.fromString(id.toString()).version()))
                .containsOnly(7);
    }

    @Test
    void one_customer_is_named_differently_in_every_aggregate() {
        assertThat(new CartId(ANNA)).hasToString("cart-" + ANNA);
        assertThat(new CredentialsId(ANNA)).hasToString("credentials-" + ANNA);
        assertThat(new EmailKey("abc")).hasToString("email-abc");
    }

    @Test
    void an_email_key_is_not_empty() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EmailKey(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new EmailKey(null));
    }

    @Test
    void a_key_stands_for_one_order_of_one_customer() {
        OrderId order = OrderId.ofKey(ANNA, "key-1");

        assertThat(OrderId.ofKey(ANNA, "key-1")).isEqualTo(order);
        assertThat(OrderId.ofKey(ANNA, "key-2")).isNotEqualTo(order);
        assertThat(OrderId.ofKey(BERT, "key-1")).isNotEqualTo(order);
    }

    @Test
    void a_checkout_becomes_one_order() {
        OrderId order = OrderId.ofCheckout(ANNA, 3);

        assertThat(OrderId.ofCheckout(ANNA, 3)).isEqualTo(order);
        assertThat(OrderId.ofCheckout(ANNA, 4)).isNotEqualTo(order);
        assertThat(OrderId.ofCheckout(BERT, 3)).isNotEqualTo(order);
    }

    @Test
    void no_key_of_a_client_reaches_a_checkouts_order() {
        assertThat(OrderId.ofKey(ANNA, "3")).isNotEqualTo(OrderId.ofCheckout(ANNA, 3));
    }
}
