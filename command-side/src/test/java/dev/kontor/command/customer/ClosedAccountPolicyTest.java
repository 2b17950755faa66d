package dev.kontor.command.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.Refusal;
import dev.kontor.api.cart.CartCommand.ClearCart;
import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductCommand.DelistProduct;
import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.CustomerEvent.CustomerDeactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerErased;
import dev.kontor.api.customer.CustomerEvent.CustomerReactivated;
import dev.kontor.api.customer.MemoryKeyRing;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.platform.ScriptedAggregates;
import dev.kontor.grpc.platform.OutcomeUnknownException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosedAccountPolicyTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final CustomerId BERT = CustomerId.mint();
    private static final ProductId LAMP = ProductId.mint();
    private static final ProductId DESK = ProductId.mint();
    private static final ProductId PEN = ProductId.mint();

    private final ScriptedAggregates aggregates = new ScriptedAggregates();
    private final PersonalData personalData = new PersonalData(new MemoryKeyRing(), new byte[32]);
    private final Sealed name = personalData.seal(ANNA, Field.NAME, "Anna");
    private final ClosedAccountPolicy policy =
            new ClosedAccountPolicy(aggregates.commands(), new InMemorySellers(), personalData);

    @BeforeEach
    void list() {
        policy.on(listed(LAMP, ANNA));
        policy.on(listed(DESK, ANNA));
        policy.on(listed(PEN, BERT));
    }

    private static ProductListed listed(ProductId product, CustomerId seller) {
        return new ProductListed(
                product, seller, new Description("Thing", "", "things"), new Money(1, "EUR"), new StockLevel(1, 0));
    }

    private static DelistProduct delist(ProductId product) {
        return new DelistProduct(product, new Actor(ANNA, Role.CUSTOMER));
    }

    @Test
    void the_products_of_a_deactivated_seller_are_delisted_and_nothing_else_happens() {
        policy.on(new CustomerDeactivated(ANNA), 3);

        assertThat(aggregates.sent()).containsExactlyInAnyOrder(delist(LAMP), delist(DESK));
        assertThat(personalData.unseal(ANNA, Field.NAME, name)).contains("Anna");
    }

    @Test
    void an_erased_customer_has_no_key_no_cart_and_no_products() {
        policy.on(new CustomerErased(ANNA), 3);

        assertThat(aggregates.sent()).containsExactlyInAnyOrder(new ClearCart(ANNA), delist(LAMP), delist(DESK));
        assertThat(personalData.unseal(ANNA, Field.NAME, name)).isEmpty();
    }

    @Test
    void an_event_that_comes_again_does_the_same_again() {
        policy.on(new CustomerErased(ANNA), 3);
        policy.on(new CustomerErased(ANNA), 3);

        assertThat(aggregates.sent()).containsOnly(new ClearCart(ANNA), delist(LAMP), delist(DESK));
    }

    @Test
    void a_customer_without_a_cart_can_be_erased() {
        aggregates.refuse(new ClearCart(ANNA), new Refusal.Unknown());

        policy.on(new CustomerErased(ANNA), 3);

        assertThat(aggregates.sent()).contains(delist(LAMP), delist(DESK));
    }

    @Test
    void a_failed_command_does_not_count_as_done() {
        aggregates.fail(delist(DESK), new IllegalStateException("disk full"));

        assertThatThrownBy(() -> policy.on(new CustomerErased(ANNA), 3)).hasStackTraceContaining("disk full");
    }

    @Test
    void a_delisted_product_is_left_alone() {
        policy.on(new ProductDelisted(LAMP));

        policy.on(new CustomerDeactivated(ANNA), 3);

        assertThat(aggregates.sent()).containsExactly(delist(DESK));
    }

    @Test
    void a_product_listed_in_the_last_moment_is_delisted_too() {
        policy.on(new ProductDelisted(LAMP));
        policy.on(new ProductDelisted(DESK));
        policy.on(new CustomerDeactivated(ANNA), 3);

        policy.on(listed(LAMP, ANNA));

        assertThat(aggregates.sent()).containsExactly(delist(LAMP));
    }

    @Test
    void a_reactivated_seller_may_sell_again() {
        policy.on(new CustomerDeactivated(ANNA), 3);
        assertThat(aggregates.sent()).containsExactlyInAnyOrder(delist(LAMP), delist(DESK));
        ProductId later = ProductId.mint();

        policy.on(new CustomerReactivated(ANNA), 4);
        policy.on(listed(later, ANNA));

        assertThat(aggregates.sent()).doesNotContain(delist(later));
    }

    @Test
    void a_repeated_deactivation_event_delists_nothing_listed_since_the_reactivation() {
        policy.on(new CustomerDeactivated(ANNA), 3);
        policy.on(new CustomerReactivated(ANNA), 4);
        ProductId later = ProductId.mint();
        policy.on(listed(later, ANNA));

        policy.on(new CustomerDeactivated(ANNA), 3);

        assertThat(aggregates.sent()).doesNotContain(delist(later));
    }

    @ParameterizedTest
    @ValueSource(classes = {ClearCart.class, DelistProduct.class})
    void a_step_with_an_unknown_outcome_is_repeated(Class<?> lost) {
        aggregates.loseAnswersTo(lost);

        assertThatThrownBy(() -> policy.on(new CustomerErased(ANNA), 3)).isInstanceOf(OutcomeUnknownException.class);

        aggregates.answer(ClearCart.class, command -> 1L).answer(DelistProduct.class, command -> 1L);
        aggregates.sent();
        policy.on(new CustomerErased(ANNA), 3);
        assertThat(aggregates.sent()).containsExactlyInAnyOrder(new ClearCart(ANNA), delist(LAMP), delist(DESK));
    }
}
