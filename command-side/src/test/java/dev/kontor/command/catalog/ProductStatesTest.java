package dev.kontor.command.catalog;

import static dev.kontor.command.catalog.Products.DEADLINE;
import static dev.kontor.command.catalog.Products.DESCRIPTION;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.OWNER;
import static dev.kontor.command.catalog.Products.PRICE;
import static dev.kontor.command.catalog.Products.SELLER;
import static dev.kontor.command.catalog.Products.STRANGER;
import static dev.kontor.command.catalog.Products.committed;
import static dev.kontor.command.catalog.Products.delisted;
import static dev.kontor.command.catalog.Products.level;
import static dev.kontor.command.catalog.Products.listed;
import static dev.kontor.command.catalog.Products.refused;
import static dev.kontor.command.catalog.Products.release;
import static dev.kontor.command.catalog.Products.released;
import static dev.kontor.command.catalog.Products.reserve;
import static dev.kontor.command.catalog.Products.reserved;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductCommand;
import dev.kontor.api.catalog.ProductCommand.AddStock;
import dev.kontor.api.catalog.ProductCommand.ChangeProduct;
import dev.kontor.api.catalog.ProductCommand.CommitStock;
import dev.kontor.api.catalog.ProductCommand.DelistProduct;
import dev.kontor.api.catalog.ProductCommand.ListProduct;
import dev.kontor.api.catalog.ProductCommand.QuoteProduct;
import dev.kontor.api.catalog.ProductCommand.ReleaseStock;
import dev.kontor.api.catalog.ProductCommand.RemoveStock;
import dev.kontor.api.catalog.ProductCommand.ReserveStock;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.OrderId;
import dev.kontor.command.platform.Scenario;
import dev.kontor.command.platform.StateTable;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProductStatesTest {

    private static final OrderId ORDER = OrderId.mint();
    private static final Instant PAST = Scenario.NOON.minusSeconds(1);

    @Test
    void the_states_of_a_product_are_on_the_page() throws IOException {
        StateTable.of("Product", Product.class)
                .state("(none)")
                .state("listed, 5 available", listed(5))
                .state("delisted", listed(5), delisted())
                .row(new ListProduct(LAMP, SELLER, DESCRIPTION, PRICE, 5))
                .row("another title", new ChangeProduct(LAMP, OWNER, new Description.Change("Torch", null, null), null))
                .row(
                        "another price",
                        new ChangeProduct(
                                LAMP, OWNER, new Description.Change(null, null, null), new Money(1, PRICE.currency())))
                .row(
                        "nothing new",
                        new ChangeProduct(LAMP, OWNER, new Description.Change(DESCRIPTION.title(), null, null), PRICE))
                .row(
                        "by another customer",
                        new ChangeProduct(LAMP, STRANGER, new Description.Change("Torch", null, null), null))
                .row(new AddStock(LAMP, OWNER, 1))
                .row("more than a product can have", new AddStock(LAMP, OWNER, StockLevel.HIGHEST))
                .row(new RemoveStock(LAMP, OWNER, 1))
                .row("more than is available", new RemoveStock(LAMP, OWNER, 6))
                .row(new DelistProduct(LAMP, OWNER))
                .row(new QuoteProduct(LAMP))
                .row(reserve(ORDER, 2))
                .row(release(ORDER))
                .row(new CommitStock(LAMP, ORDER))
                .isOnThePage(ProductCommand.class);
    }

    @Test
    void the_states_of_a_product_for_one_order_are_on_the_page() throws IOException {
        StateTable.of("Product and one order", Product.class)
                .state("order is unknown", listed(5))
                .state("reserved", listed(5), reserved(ORDER, 2, level(3, 2)))
                .state("refused", listed(1), refused(ORDER, 2, "insufficient-stock", level(1, 0)))
                .state("released", listed(5), reserved(ORDER, 2, level(3, 2)), released(ORDER, 2, level(5, 0)))
                .state("committed", listed(5), reserved(ORDER, 2, level(3, 2)), committed(ORDER, 2, level(3, 0)))
                .row(reserve(ORDER, 2))
                .row("more than is available", reserve(ORDER, 6))
                .row("after its deadline", new ReserveStock(LAMP, ORDER, new Quantity(2), PAST))
                .row(new ReleaseStock(LAMP, ORDER, DEADLINE))
                .row("after its deadline", new ReleaseStock(LAMP, ORDER, PAST))
                .row(new CommitStock(LAMP, ORDER))
                .isOnThePage();
    }
}
