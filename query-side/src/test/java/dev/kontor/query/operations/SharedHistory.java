package dev.kontor.query.operations;

import static dev.kontor.query.Given.confirmed;
import static dev.kontor.query.Given.euros;
import static dev.kontor.query.Given.line;
import static dev.kontor.query.Given.listed;
import static dev.kontor.query.Given.placed;
import static dev.kontor.query.Given.reserved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.api.cart.CartEvent.CartCleared;
import dev.kontor.api.cart.CartEvent.CartItemPut;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.query.QuerySides;
import dev.kontor.query.QuerySides.Member;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.Views;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A history that several query sides read, a new one for each test. */
abstract class SharedHistory {

    static final Duration SOON = Duration.ofSeconds(60);

    final CustomerId seller = CustomerId.mint();
    final List<CustomerId> customers = new ArrayList<>();
    final List<ProductId> products = new ArrayList<>();

    QuerySides sides;

    @BeforeEach
    void history(@TempDir Path folder) {
        sides = new QuerySides(folder);
        for (int i = 0; i < 20; i++) {
            customers.add(CustomerId.mint());
            products.add(ProductId.mint());
            sides.write(listed(products.getLast(), seller, "Lamp " + i, 100 + i));
        }
        trade();
    }

    @AfterEach
    void close() {
        sides.close();
    }

    void trade() {
        for (int i = 0; i < 20; i++) {
            ProductId product = products.get(i);
            CustomerId customer = customers.get(i);
            OrderPlaced order = placed(OrderId.mint(), customer, line(product, seller, 1, 100));
            sides.write(
                    new CartItemPut(customer, product, new Quantity(2)),
                    order,
                    reserved(product, order.orderId(), 1, new StockLevel(9, 1)),
                    confirmed(order),
                    new ProductRepriced(product, euros(500 + i)),
                    new CartCleared(customer),
                    new CartItemPut(customer, products.get(19 - i), new Quantity(3)),
                    new StockAdded(product, 1, new StockLevel(10, 1)));
        }
    }

    void settle(Member member) {
        Processors processors = member.bean(Processors.class);
        for (View view : member.bean(Views.class).all()) {
            await(view.name()).atMost(SOON).until(() -> processors.position(view) == processors.head());
        }
    }

    void settleAndCompareWithOneThatReadsAlone(Member member) {
        settle(member);
        try (QuerySides beside = sides.beside()) {
            settle(beside.start(1));
            assertThat(sides.documents()).isEqualTo(beside.documents());
        }
    }

    ViewBuild.Progress awaitRebuilt(Member member, View view) {
        Rebuilds rebuilds = member.bean(Rebuilds.class);
        await().atMost(SOON).until(() -> rebuilds.of(view).state() == ViewBuild.State.DONE);
        return rebuilds.of(view);
    }
}
