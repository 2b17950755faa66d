package dev.kontor.command.catalog;

import static dev.kontor.command.catalog.Products.DEADLINE;
import static dev.kontor.command.catalog.Products.DESCRIPTION;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.SELLER;
import static dev.kontor.command.catalog.Products.committed;
import static dev.kontor.command.catalog.Products.delisted;
import static dev.kontor.command.catalog.Products.level;
import static dev.kontor.command.catalog.Products.listed;
import static dev.kontor.command.catalog.Products.refused;
import static dev.kontor.command.catalog.Products.release;
import static dev.kontor.command.catalog.Products.released;
import static dev.kontor.command.catalog.Products.reserve;
import static dev.kontor.command.catalog.Products.reserved;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductCommand.CommitStock;
import dev.kontor.api.catalog.ProductCommand.ReleaseStock;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ProductEvent.StockReleased;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.ReserveStockResult;
import dev.kontor.api.ids.OrderId;
import dev.kontor.command.platform.Scenario;
import org.junit.jupiter.api.Test;

/** How orders reserve, release and commit a product's stock. */
class ProductReservationTest {

    private static final OrderId ORDER = OrderId.mint();
    private static final OrderId OTHER_ORDER = OrderId.mint();

    private final Scenario<Product> product = Scenario.of(Product.class);

    @Test
    void reserved_units_are_not_available_and_still_on_hand() {
        product.given(listed(10))
                .when(reserve(ORDER, 3))
                .then(reserved(ORDER, 3, level(7, 3)))
                .answering(new ReserveStockResult(1, reserved(ORDER, 3, level(7, 3)), null));
    }

    @Test
    void the_last_units_can_be_reserved() {
        product.given(listed(10), reserved(OTHER_ORDER, 7, level(3, 7)))
                .when(reserve(ORDER, 3))
                .then(reserved(ORDER, 3, level(0, 10)));
    }

    @Test
    void stock_beyond_32_bits_is_reserved_exactly() {
        product.given(listed(5_000_000_000L))
                .when(reserve(ORDER, 1_000_000))
                .then(reserved(ORDER, 1_000_000, level(4_999_000_000L, 1_000_000)));
    }

    @Test
    void a_reservation_is_bound_to_the_price_of_its_moment() {
        Money price = new Money(2_500, "EUR");

        product.given(listed(10), new ProductRepriced(LAMP, price))
                .when(reserve(ORDER, 3))
                .then(new StockReserved(
                        LAMP, ORDER, new Quantity(3), SELLER, DESCRIPTION.title(), price, DEADLINE, level(7, 3)));
    }

    @Test
    void more_than_is_available_is_refused_and_the_level_stays() {
        product.given(listed(10), reserved(OTHER_ORDER, 8, level(2, 8)))
                .when(reserve(ORDER, 3))
                .then(refused(ORDER, 3, "insufficient-stock", level(2, 8)))
                .answering(new ReserveStockResult(2, null, refused(ORDER, 3, "insufficient-stock", level(2, 8))));
    }

    @Test
    void a_delisted_product_is_not_reserved() {
        product.given(listed(10), delisted())
                .when(reserve(ORDER, 3))
                .then(refused(ORDER, 3, "product-delisted", level(10, 0)));
    }

    @Test
    void a_reservation_at_its_deadline_is_in_time() {
        product.given(listed(10)).at(DEADLINE).when(reserve(ORDER, 3)).then(reserved(ORDER, 3, level(7, 3)));
    }

    @Test
    void a_reservation_past_its_deadline_is_refused() {
        product.given(listed(10))
                .at(DEADLINE.plusNanos(1))
                .when(reserve(ORDER, 3))
                .then(refused(ORDER, 3, "order-expired", level(10, 0)));
    }

    @Test
    void a_repeated_reservation_changes_nothing() {
        product.given(listed(10), reserved(ORDER, 3, level(7, 3)))
                .when(reserve(ORDER, 3))
                .thenNothing()
                .answering(new ReserveStockResult(1, null, null));
    }

    @Test
    void a_repeated_reservation_that_comes_late_changes_nothing() {
        product.given(listed(10), reserved(ORDER, 3, level(7, 3)))
                .at(DEADLINE.plusSeconds(1))
                .when(reserve(ORDER, 3))
                .thenNothing();
    }

    @Test
    void a_refused_reservation_stays_refused_though_stock_was_added() {
        product.given(listed(10), refused(ORDER, 11, "insufficient-stock", level(10, 0)))
                .when(reserve(ORDER, 11))
                .thenNothing();
        Scenario.of(Product.class)
                .given(listed(20), refused(ORDER, 11, "insufficient-stock", level(10, 0)))
                .when(reserve(ORDER, 11))
                .thenNothing();
    }

    @Test
    void released_units_are_available_again() {
        product.given(listed(10), reserved(ORDER, 3, level(7, 3)))
                .when(release(ORDER))
                .then(released(ORDER, 3, level(10, 0)))
                .answering(2L);
    }

    @Test
    void units_released_past_the_deadline_are_available_again() {
        product.given(listed(10), reserved(ORDER, 3, level(7, 3)))
                .at(DEADLINE.plusSeconds(600))
                .when(release(ORDER))
                .then(released(ORDER, 3, level(10, 0)));
    }

    @Test
    void a_repeated_release_has_no_effect() {
        product.given(listed(10), reserved(ORDER, 3, level(7, 3)), released(ORDER, 3, level(10, 0)))
                .when(release(ORDER))
                .thenNothing()
                .answering(2L);
    }

    @Test
    void released_units_are_not_reserved_again_for_the_order() {
        product.given(listed(10), reserved(ORDER, 3, level(7, 3)), released(ORDER, 3, level(10, 0)))
                .when(reserve(ORDER, 3))
                .thenNothing();
    }

    @Test
    void a_reservation_after_its_release_is_refused() {
        product.given(listed(10)).when(release(ORDER)).then(released(ORDER, 0, level(10, 0)));
        Scenario.of(Product.class)
                .given(listed(10), released(ORDER, 0, level(10, 0)))
                .when(reserve(ORDER, 3))
                .thenNothing();
    }

    @Test
    void a_late_reservation_is_refused_until_the_deadline() {
        product.given(listed(10), released(ORDER, 0, level(10, 0)))
                .at(DEADLINE)
                .given(released(OTHER_ORDER, 0, level(10, 0)))
                .when(reserve(ORDER, 3))
                .thenNothing();
    }

    @Test
    void a_late_reservation_is_refused_as_long_as_one_would_be_accepted() {
        product.given(listed(10)).at(DEADLINE).when(release(ORDER)).then(released(ORDER, 0, level(10, 0)));
    }

    @Test
    void an_order_removed_after_its_deadline_is_refused_as_late() {
        product.given(listed(10), released(ORDER, 0, level(10, 0)))
                .at(DEADLINE.plusSeconds(1))
                .given(new StockReleased(LAMP, OTHER_ORDER, 0, DEADLINE.plusSeconds(60), level(10, 0)))
                .when(reserve(ORDER, 3))
                .then(refused(ORDER, 3, "order-expired", level(10, 0)));
    }

    @Test
    void past_the_deadline_a_release_need_not_be_remembered() {
        product.given(listed(10)).at(DEADLINE.plusNanos(1)).when(release(ORDER)).thenNothing();
    }

    @Test
    void a_release_of_one_order_leaves_the_other_alone() {
        product.given(listed(10), reserved(ORDER, 3, level(7, 3)), reserved(OTHER_ORDER, 2, level(5, 5)))
                .when(release(OTHER_ORDER))
                .then(released(OTHER_ORDER, 2, level(7, 3)));
    }

    @Test
    void committed_units_are_removed_from_the_stock() {
        product.given(listed(10), reserved(ORDER, 3, level(7, 3)))
                .when(new CommitStock(LAMP, ORDER))
                .then(committed(ORDER, 3, level(7, 0)))
                .answering(2L);
    }

    @Test
    void a_repeated_commit_removes_the_units_once() {
        product.given(listed(10), reserved(ORDER, 3, level(7, 3)), committed(ORDER, 3, level(7, 0)))
                .when(new CommitStock(LAMP, ORDER))
                .thenNothing();
    }

    @Test
    void units_that_were_never_reserved_are_not_committed() {
        product.given(listed(10))
                .when(new CommitStock(LAMP, ORDER))
                .thenNothing()
                .answering(0L);
    }

    @Test
    void committed_units_are_not_released() {
        product.given(listed(10), reserved(ORDER, 3, level(7, 3)), committed(ORDER, 3, level(7, 0)))
                .when(release(ORDER))
                .thenNothing();
    }

    @Test
    void committed_units_are_not_reserved_again() {
        product.given(listed(10), reserved(ORDER, 3, level(7, 3)), committed(ORDER, 3, level(7, 0)))
                .when(reserve(ORDER, 3))
                .thenNothing();
    }

    @Test
    void an_unknown_product_has_no_reservation_to_release() {
        product.when(new ReleaseStock(LAMP, ORDER, DEADLINE)).thenUnknown();
    }
}
