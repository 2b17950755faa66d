package dev.kontor.command.catalog;

import static dev.kontor.command.catalog.Products.DESCRIPTION;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.OWNER;
import static dev.kontor.command.catalog.Products.PRICE;
import static dev.kontor.command.catalog.Products.STRANGER;
import static dev.kontor.command.catalog.Products.delisted;
import static dev.kontor.command.catalog.Products.level;
import static dev.kontor.command.catalog.Products.listed;
import static dev.kontor.command.catalog.Products.refused;
import static dev.kontor.command.catalog.Products.released;
import static dev.kontor.command.catalog.Products.reserved;

import dev.kontor.api.Precondition;
import dev.kontor.api.Refusal;
import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductCommand;
import dev.kontor.api.catalog.ProductCommand.AddStock;
import dev.kontor.api.catalog.ProductCommand.ChangeProduct;
import dev.kontor.api.catalog.ProductCommand.DelistProduct;
import dev.kontor.api.catalog.ProductCommand.RemoveStock;
import dev.kontor.api.catalog.ProductEvent.ProductDescribed;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.catalog.ProductEvent.StockRemoved;
import dev.kontor.api.ids.OrderId;
import dev.kontor.command.platform.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The offer (description, price, for sale) and the stock have versions of their own. */
class ProductPreconditionTest {

    private static final OrderId FIRST = OrderId.mint();
    private static final OrderId SECOND = OrderId.mint();
    private static final Money OTHER_PRICE = new Money(2_500, "EUR");
    private static final Description.Change NO_TEXT = new Description.Change(null, null, null);

    private final Scenario<Product> product = Scenario.of(Product.class);

    private static Precondition version(long version) {
        return new Precondition(List.of(version));
    }

    private static ChangeProduct reprice(Precondition precondition) {
        return new ChangeProduct(LAMP, OWNER, NO_TEXT, OTHER_PRICE, precondition);
    }

    /** The versions: 0 listed, 1 and 2 orders, 3 restocked, 4 described, 5 an order. */
    private Scenario<Product> sold() {
        return product.given(
                listed(9),
                reserved(FIRST, 2, level(7, 2)),
                released(FIRST, 2, level(9, 0)),
                new StockAdded(LAMP, 1, level(10, 0)),
                new ProductDescribed(LAMP, new Description("Torch", "", "light")),
                reserved(SECOND, 1, level(9, 1)));
    }

    @Test
    void orders_and_stock_leave_the_version_of_the_offer_alone() {
        product.given(
                        listed(9),
                        reserved(FIRST, 2, level(7, 2)),
                        new StockRemoved(LAMP, 1, level(6, 2)),
                        refused(SECOND, 8, "insufficient-stock", level(6, 2)))
                .when(reprice(version(0)))
                .then(new ProductRepriced(LAMP, OTHER_PRICE))
                .answering(4L);
    }

    @Test
    void orders_and_texts_leave_the_version_of_the_stock_alone() {
        sold().when(new AddStock(LAMP, OWNER, 5, version(3))).then(new StockAdded(LAMP, 5, level(14, 1)));
    }

    @Test
    void a_change_of_an_offer_that_has_changed_is_refused() {
        sold().when(reprice(version(0))).thenRefused(new Refusal.PreconditionFailed(5));
    }

    @Test
    void a_change_that_would_change_nothing_is_refused_too() {
        sold().when(new ChangeProduct(LAMP, OWNER, NO_TEXT, PRICE, version(0)))
                .thenRefused(new Refusal.PreconditionFailed(5));
    }

    @Test
    void one_of_several_versions_is_enough() {
        sold().when(reprice(new Precondition(List.of(0L, 4L)))).then(new ProductRepriced(LAMP, OTHER_PRICE));
    }

    @Test
    void no_version_is_never_enough() {
        sold().when(reprice(new Precondition(List.of()))).thenRefused(new Refusal.PreconditionFailed(5));
    }

    @Test
    void stock_that_its_owner_has_changed_is_neither_added_to_nor_removed() {
        for (ProductCommand command :
                List.of(new AddStock(LAMP, OWNER, 5, version(0)), new RemoveStock(LAMP, OWNER, 500, version(2)))) {
            Scenario.of(Product.class)
                    .given(listed(9), new StockAdded(LAMP, 1, level(10, 0)))
                    .when(command)
                    .thenRefused(new Refusal.PreconditionFailed(1));
        }
    }

    @Test
    void a_delisting_is_a_change_of_the_offer() {
        product.given(listed(9), reserved(FIRST, 2, level(7, 2)))
                .when(new DelistProduct(LAMP, OWNER, version(0)))
                .then(delisted());
        Scenario.of(Product.class)
                .given(listed(9), delisted())
                .when(new DelistProduct(LAMP, OWNER, version(0)))
                .thenRefused(new Refusal.PreconditionFailed(1));
        Scenario.of(Product.class)
                .given(listed(9), delisted())
                .when(reprice(version(0)))
                .thenRefused(new Refusal.PreconditionFailed(1));
    }

    @Test
    void a_stranger_learns_nothing_about_versions() {
        product.given(listed(9), new ProductRepriced(LAMP, OTHER_PRICE))
                .when(new ChangeProduct(
                        LAMP, STRANGER, new Description.Change(DESCRIPTION.title(), null, null), null, version(0)))
                .thenRefused(new Refusal.NotYours());
    }
}
