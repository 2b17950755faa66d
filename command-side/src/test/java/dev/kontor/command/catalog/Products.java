package dev.kontor.command.catalog;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductCommand.ReleaseStock;
import dev.kontor.api.catalog.ProductCommand.ReserveStock;
import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.catalog.ProductEvent.StockCommitted;
import dev.kontor.api.catalog.ProductEvent.StockReleased;
import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.platform.Scenario;
import java.time.Instant;

/** Sample products, commands and events for tests. */
public final class Products {

    public static final ProductId LAMP = new ProductId("0197a3c2-0000-7000-8000-0000000000a1");
    public static final ProductId DESK = new ProductId("0197a3c2-0000-7000-8000-0000000000a2");
    public static final CustomerId SELLER = new CustomerId("0197a3c2-0000-7000-8000-000000000002");
    public static final Description DESCRIPTION = new Description("Lamp", "It shines", "light");
    public static final Money PRICE = new Money(1_999, "EUR");
    public static final Instant DEADLINE = Scenario.NOON.plusSeconds(60);

    static final Actor OWNER = new Actor(SELLER, Role.CUSTOMER);
    static final Actor STRANGER = new Actor(new CustomerId("0197a3c2-0000-7000-8000-000000000003"), Role.CUSTOMER);
    static final Actor ADMIN = new Actor(new CustomerId("0197a3c2-0000-7000-8000-000000000004"), Role.ADMIN);

    private Products() {}

    public static StockLevel level(long available, long reserved) {
        return new StockLevel(available, reserved);
    }

    public static ProductListed listed(long stock) {
        return new ProductListed(LAMP, SELLER, DESCRIPTION, PRICE, level(stock, 0));
    }

    static ProductDelisted delisted() {
        return new ProductDelisted(LAMP);
    }

    static ReserveStock reserve(OrderId order, long units) {
        return new ReserveStock(LAMP, order, new Quantity(units), DEADLINE);
    }

    static ReleaseStock release(OrderId order) {
        return new ReleaseStock(LAMP, order, DEADLINE);
    }

    static StockReserved reserved(OrderId order, long units, StockLevel after) {
        return reserved(LAMP, order, units, after);
    }

    public static StockReserved reserved(ProductId product, OrderId order, long units, StockLevel after) {
        return new StockReserved(
                product, order, new Quantity(units), SELLER, DESCRIPTION.title(), PRICE, DEADLINE, after);
    }

    static StockReservationRefused refused(OrderId order, long units, String code, StockLevel level) {
        return refused(LAMP, order, units, code, level);
    }

    public static StockReservationRefused refused(
            ProductId product, OrderId order, long units, String code, StockLevel level) {
        return new StockReservationRefused(product, order, new Quantity(units), code, DEADLINE, level);
    }

    static StockReleased released(OrderId order, long units, StockLevel after) {
        return new StockReleased(LAMP, order, units, DEADLINE, after);
    }

    static StockCommitted committed(OrderId order, long units, StockLevel after) {
        return new StockCommitted(LAMP, order, units, after);
    }
}
