package dev.kontor.standalone.catalog;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.cart.CartEvent.CartItemPut;
import dev.kontor.api.cart.CartId;
import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.ToolProcess;
import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.store.EmbeddedEventStorageEngine;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.testsupport.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop has one permanent currency, and a log from before that rule continues and hides nothing. */
class CurrencyIT {

    private static final Duration SOON = Duration.ofSeconds(120);
    private static final Map<String, String> ADMIN =
            Map.of("KONTOR_ADMIN_EMAIL", "boss@example.com", "KONTOR_ADMIN_PASSWORD", Shop.PASSWORD);
    private static final CustomerId SELLER = CustomerId.mint();
    private static final CustomerId BUYER = CustomerId.mint();
    private static final ProductId EUROS = ProductId.mint();
    private static final ProductId DOLLARS = ProductId.mint();
    private static final OrderId MIXED = OrderId.mint();

    @TempDir
    Path data;

    private static void refusesToStart(Path data, String currency, String fixed) {
        try (KontorProcess kontor = KontorProcess.begin(data, ADMIN, "--kontor.currency=" + currency)) {
            assertThat(kontor.exitCode(SOON)).isEqualTo(1);
            assertThat(kontor.output())
                    .contains(
                            "The shop in this log trades in %s, and kontor.currency says %s".formatted(fixed, currency))
                    .doesNotContain("\tat ", "Ctrl-C stops it");
        }
    }

    @Test
    void a_start_with_another_currency_ends_with_a_message_and_the_first_process_continues() {
        Product thing;
        Customer buyer;
        try (KontorProcess kontor = KontorProcess.begin(data, ADMIN).untilReady()) {
            Shop shop = new Shop(kontor);
            thing = shop.listedProduct(10, 250);
            buyer = shop.signedInCustomer();
            assertThat(buyer.client().get("/api/v1/cart").hasStatus(200).at("/total/currency"))
                    .isEqualTo("EUR");
            kontor.stop();
            kontor.exitCode(SOON);
        }

        refusesToStart(data, "USD", "EUR");
        refusesToStart(data, "USD", "EUR");

        try (KontorProcess kontor = KontorProcess.begin(data, ADMIN).untilReady()) {
            Shop shop = new Shop(kontor);
            Answer order = buyer.at(shop).orders(thing.times(2)).hasStatus(201);
            assertThat(order.at("/total/currency")).isEqualTo("EUR");
            Client boss = shop.signedIn("boss@example.com", Shop.PASSWORD).client();
            assertThat(boss.get("/api/v1/admin/audit").hasStatus(200).at("/clean"))
                    .isEqualTo("true");
        }
    }

    @Test
    void an_unknown_currency_is_refused_in_a_sentence() {
        try (KontorProcess kontor = KontorProcess.begin(data, "--kontor.currency=Euro")) {
            assertThat(kontor.exitCode(SOON)).isEqualTo(1);
            assertThat(kontor.output())
                    .contains("kontor.currency must be a currency by ISO 4217, such as EUR, and is 'Euro'")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void an_old_log_of_two_currencies_goes_on_in_that_of_its_oldest_price_and_hides_nothing() {
        writeOldLog();
        refusesToStart(data, "USD", "EUR");

        try (KontorProcess kontor = KontorProcess.begin(data, ADMIN).untilReady()) {
            Shop shop = new Shop(kontor);
            Client boss = shop.signedIn("boss@example.com", Shop.PASSWORD).client();

            // The order that stopped the view before: it shows, without a sum, and is decided.
            String order = "/api/v1/orders/" + MIXED;
            eventually(
                    SOON,
                    "it is decided",
                    () -> boss.get(order),
                    shown -> shown.at("/status").equals("REJECTED"));
            Answer shown = boss.get(order).hasStatus(200);
            assertThat(shown.json().at("/total").isMissingNode()
                            || shown.json().at("/total").isNull())
                    .isTrue();
            assertThat(shown.json()
                            .at("/lines")
                            .valueStream()
                            .map(line -> line.at("/unitPrice/currency").asString()))
                    .containsExactly("EUR", "USD");

            // The cart shows every line, and no sum.
            Answer cart = boss.get("/api/v1/customers/" + BUYER + "/cart").hasStatus(200);
            assertThat(cart.items()).hasSize(2);
            assertThat(cart.json().at("/total").isMissingNode()
                            || cart.json().at("/total").isNull())
                    .isTrue();

            // Items in the other currency cannot be bought, alone or with others, until they have a price in the
            // shop's.
            Customer buyer = shop.signedInCustomer();
            Product.Line dollars = new Product(DOLLARS.value(), "Dollars", 100).times(1);
            Product.Line euros = new Product(EUROS.value(), "Euros", 100).times(1);
            buyer.orders(dollars).isProblem(422, "currency-mismatch");
            buyer.orders(euros, dollars).isProblem(422, "currency-mismatch");
            buyer.puts(1, new Product(DOLLARS.value(), "Dollars", 100)).isProblem(422, "currency-mismatch");
            buyer.orders(euros).hasStatus(201);
            Map<String, Object> price = Map.of("price", Map.of("amount", 120, "currency", "EUR"));
            boss.sendJson("PATCH", "/api/v1/catalog/products/" + DOLLARS, price).hasStatus(200);
            buyer.orders(euros, dollars).hasStatus(201);

            assertThat(boss.get("/api/v1/admin/views").hasStatus(200).items())
                    .allSatisfy(view -> assertThat(view.at("/lag").asLong()).isLessThan(10));
            kontor.stop();
            kontor.exitCode(SOON);
        }

        try (ToolProcess audit = ToolProcess.begin("audit", "--data", data)) {
            assertThat(audit.exitCode()).isEqualTo(1);
            assertThat(audit.said()).contains("has a price in USD, though the shop trades in EUR");
        }
    }

    /** As written by a version without an event for the currency. */
    private void writeOldLog() {
        StoredJson json = StoredJson.of(StoredTypes.events());
        try (EmbeddedStore store = EmbeddedStore.open(new DataFolder(data).log())) {
            EmbeddedEventStorageEngine.builder()
                    .store(store)
                    .eventSerializer(json)
                    .snapshotSerializer(json)
                    .build()
                    .appendEvents(List.of(
                            event("Product", EUROS, 0, listed(EUROS, "EUR")),
                            event("Product", DOLLARS, 0, listed(DOLLARS, "USD")),
                            event("Cart", new CartId(BUYER), 0, new CartItemPut(BUYER, EUROS, new Quantity(1))),
                            event("Cart", new CartId(BUYER), 1, new CartItemPut(BUYER, DOLLARS, new Quantity(1))),
                            event(
                                    "Order",
                                    MIXED,
                                    0,
                                    new OrderPlaced(
                                            MIXED,
                                            BUYER,
                                            List.of(line(EUROS, "EUR"), line(DOLLARS, "USD")),
                                            null,
                                            OrderOrigin.DIRECT,
                                            Instant.now().plusSeconds(3_600),
                                            "fingerprint"))));
        }
    }

    private static DomainEventMessage<?> event(String type, Object id, long sequence, Object payload) {
        return new GenericDomainEventMessage<>(type, id.toString(), sequence, payload);
    }

    private static ProductListed listed(ProductId product, String currency) {
        return new ProductListed(
                product,
                SELLER,
                new Description("Thing in " + currency, "", "things"),
                new Money(100, currency),
                new StockLevel(10, 0));
    }

    private static OrderLine line(ProductId product, String currency) {
        return new OrderLine(product, new Quantity(1), SELLER, "Thing in " + currency, new Money(100, currency));
    }
}
