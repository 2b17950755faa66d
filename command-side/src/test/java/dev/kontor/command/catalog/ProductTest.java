package dev.kontor.command.catalog;

import static dev.kontor.command.catalog.Products.ADMIN;
import static dev.kontor.command.catalog.Products.DESCRIPTION;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.OWNER;
import static dev.kontor.command.catalog.Products.PRICE;
import static dev.kontor.command.catalog.Products.SELLER;
import static dev.kontor.command.catalog.Products.STRANGER;
import static dev.kontor.command.catalog.Products.delisted;
import static dev.kontor.command.catalog.Products.level;
import static dev.kontor.command.catalog.Products.listed;
import static dev.kontor.command.catalog.Products.reserved;

import dev.kontor.api.Refusal;
import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductCommand;
import dev.kontor.api.catalog.ProductCommand.AddStock;
import dev.kontor.api.catalog.ProductCommand.ChangeProduct;
import dev.kontor.api.catalog.ProductCommand.DelistProduct;
import dev.kontor.api.catalog.ProductCommand.ListProduct;
import dev.kontor.api.catalog.ProductCommand.QuoteProduct;
import dev.kontor.api.catalog.ProductCommand.RemoveStock;
import dev.kontor.api.catalog.ProductEvent.ProductDescribed;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.catalog.ProductEvent.StockRemoved;
import dev.kontor.api.catalog.ProductQuote;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.ids.OrderId;
import dev.kontor.command.platform.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of a product's owner; for those of orders see {@link ProductReservationTest}. */
class ProductTest {

    private static final Money OTHER_PRICE = new Money(2_500, "EUR");

    private final Scenario<Product> product = Scenario.of(Product.class);

    private static ChangeProduct reprice(Actor by, Money price) {
        return new ChangeProduct(LAMP, by, new Description.Change(null, null, null), price);
    }

    @Test
    void a_product_is_listed_with_its_stock() {
        product.when(new ListProduct(LAMP, SELLER, DESCRIPTION, PRICE, 5_000_000_000L))
                .then(listed(5_000_000_000L));
    }

    @Test
    void a_product_may_be_listed_before_there_is_any() {
        product.when(new ListProduct(LAMP, SELLER, DESCRIPTION, PRICE, 0)).then(listed(0));
    }

    @Test
    void changes_are_applied_in_one_step() {
        product.given(listed(10))
                .when(new ChangeProduct(LAMP, OWNER, new Description.Change("Lantern", null, null), OTHER_PRICE))
                .then(
                        new ProductDescribed(LAMP, new Description("Lantern", "It shines", "light")),
                        new ProductRepriced(LAMP, OTHER_PRICE))
                .answering(2L);
    }

    @Test
    void each_part_of_a_description_changes_alone() {
        Scenario.of(Product.class)
                .given(listed(10))
                .when(new ChangeProduct(LAMP, OWNER, new Description.Change(null, "", null), null))
                .then(new ProductDescribed(LAMP, new Description("Lamp", "", "light")));
        Scenario.of(Product.class)
                .given(listed(10))
                .when(new ChangeProduct(LAMP, OWNER, new Description.Change(null, null, "garden"), null))
                .then(new ProductDescribed(LAMP, new Description("Lamp", "It shines", "garden")));
    }

    @Test
    void a_change_to_the_present_values_changes_nothing() {
        product.given(listed(10), new ProductRepriced(LAMP, OTHER_PRICE))
                .when(new ChangeProduct(LAMP, OWNER, new Description.Change("Lamp", "It shines", "light"), OTHER_PRICE))
                .thenNothing()
                .answering(1L);
    }

    @Test
    void a_change_of_nothing_changes_nothing() {
        product.given(listed(10)).when(reprice(OWNER, null)).thenNothing();
    }

    @Test
    void stock_is_added_beyond_32_bits() {
        product.given(listed(5_000_000_000L))
                .when(new AddStock(LAMP, OWNER, 5_000_000_000L))
                .then(new StockAdded(LAMP, 5_000_000_000L, level(10_000_000_000L, 0)))
                .answering(1L);
    }

    @Test
    void stock_is_removed_down_to_zero() {
        product.given(listed(10)).when(new RemoveStock(LAMP, OWNER, 10)).then(new StockRemoved(LAMP, 10, level(0, 0)));
    }

    @Test
    void no_more_is_removed_than_is_available() {
        product.given(listed(10))
                .when(new RemoveStock(LAMP, OWNER, 11))
                .thenRefused(new Refusal.InsufficientStock(11, 10));
    }

    @Test
    void reserved_units_are_not_removed() {
        product.given(listed(10), reserved(OrderId.mint(), 4, level(6, 4)))
                .when(new RemoveStock(LAMP, OWNER, 7))
                .thenRefused(new Refusal.InsufficientStock(7, 6));
    }

    @Test
    void stock_reaches_its_bound() {
        product.given(listed(StockLevel.HIGHEST - 5))
                .when(new AddStock(LAMP, OWNER, 5))
                .then(new StockAdded(LAMP, 5, level(StockLevel.HIGHEST, 0)));
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 1_000_000_000_000L, Long.MAX_VALUE})
    void stock_does_not_pass_its_bound(long units) {
        product.given(listed(StockLevel.HIGHEST - 5))
                .when(new AddStock(LAMP, OWNER, units))
                .thenRefused(new Refusal.Invalid("change", "must leave at most 1,000,000,000,000,000"));
    }

    @Test
    void reserved_units_count_towards_the_bound() {
        product.given(listed(StockLevel.HIGHEST), reserved(OrderId.mint(), 5, level(StockLevel.HIGHEST - 5, 5)))
                .when(new AddStock(LAMP, OWNER, 1))
                .thenRefused(new Refusal.Invalid("change", "must leave at most 1,000,000,000,000,000"));
    }

    @Test
    void a_product_is_delisted_once() {
        product.given(listed(10)).when(new DelistProduct(LAMP, OWNER)).then(delisted());
        Scenario.of(Product.class)
                .given(listed(10), delisted())
                .when(new DelistProduct(LAMP, OWNER))
                .thenNothing()
                .answering(1L);
    }

    @Test
    void a_quote_has_the_present_price_and_writes_nothing() {
        product.given(listed(10), new ProductRepriced(LAMP, OTHER_PRICE))
                .when(new QuoteProduct(LAMP))
                .thenNothing()
                .answering(new ProductQuote(LAMP, SELLER, "Lamp", OTHER_PRICE, true));
    }

    @Test
    void a_delisted_product_is_quoted_as_such() {
        product.given(listed(10), delisted())
                .when(new QuoteProduct(LAMP))
                .answering(new ProductQuote(LAMP, SELLER, "Lamp", PRICE, false));
    }

    @Test
    void a_product_that_was_never_listed_is_unknown() {
        product.when(new QuoteProduct(LAMP)).thenUnknown();
    }

    private static List<ProductCommand> changes(Actor by) {
        return List.of(
                reprice(by, OTHER_PRICE),
                new AddStock(LAMP, by, 1),
                new RemoveStock(LAMP, by, 1),
                new DelistProduct(LAMP, by));
    }

    static List<ProductCommand> changesByAStranger() {
        return changes(STRANGER);
    }

    static List<ProductCommand> changesByAnAdmin() {
        return changes(ADMIN);
    }

    @ParameterizedTest
    @MethodSource("changesByAStranger")
    void another_customer_changes_nothing(ProductCommand change) {
        product.given(listed(10)).when(change).thenRefused(new Refusal.NotYours());
    }

    @ParameterizedTest
    @MethodSource("changesByAnAdmin")
    void an_admin_may_change_everything(ProductCommand change) {
        product.given(listed(10)).when(change).answering(1L);
    }
}
