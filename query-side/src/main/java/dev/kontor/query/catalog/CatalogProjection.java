package dev.kontor.query.catalog;

import static dev.kontor.query.catalog.ProductDocument.AMOUNT;
import static dev.kontor.query.catalog.ProductDocument.AVAILABLE;
import static dev.kontor.query.catalog.ProductDocument.CATEGORY;
import static dev.kontor.query.catalog.ProductDocument.CATEGORY_KEY;
import static dev.kontor.query.catalog.ProductDocument.CURRENCY;
import static dev.kontor.query.catalog.ProductDocument.DESCRIPTION;
import static dev.kontor.query.catalog.ProductDocument.LISTED;
import static dev.kontor.query.catalog.ProductDocument.LISTED_AT;
import static dev.kontor.query.catalog.ProductDocument.RESERVED;
import static dev.kontor.query.catalog.ProductDocument.SEARCH_TEXT;
import static dev.kontor.query.catalog.ProductDocument.SELLER_ID;
import static dev.kontor.query.catalog.ProductDocument.TITLE;
import static dev.kontor.query.catalog.ProductDocument.TITLE_KEY;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductEvent;
import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.catalog.ProductEvent.ProductDescribed;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.catalog.ProductEvent.StockCommitted;
import dev.kontor.api.catalog.ProductEvent.StockReleased;
import dev.kontor.api.catalog.ProductEvent.StockRemoved;
import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.query.Change;
import dev.kontor.query.View;
import dev.kontor.query.ViewWriter;
import dev.kontor.text.Text;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.stereotype.Component;

/** Reads products off the log. Events about stock carry the level after them, so nothing is ever added up here. */
@Component
@ProcessingGroup(View.CATALOG_NAME)
class CatalogProjection {

    private final ViewWriter writer;

    CatalogProjection(ViewWriter writer) {
        this.writer = writer;
    }

    @EventHandler
    void on(ProductListed event, @SequenceNumber long version, @Timestamp Instant at) {
        Change change = change(event, version);
        describe(change, event.description());
        price(change, event.price());
        stock(change, event.stock());
        change.set(SELLER_ID, event.sellerId().value()).set(LISTED, true).set(LISTED_AT, at.toEpochMilli());
    }

    @EventHandler
    void on(ProductDescribed event, @SequenceNumber long version) {
        describe(change(event, version), event.description());
    }

    @EventHandler
    void on(ProductRepriced event, @SequenceNumber long version) {
        price(change(event, version), event.price());
    }

    @EventHandler
    void on(StockAdded event, @SequenceNumber long version) {
        stock(change(event, version), event.stock());
    }

    @EventHandler
    void on(StockRemoved event, @SequenceNumber long version) {
        stock(change(event, version), event.stock());
    }

    @EventHandler
    void on(StockReserved event, @SequenceNumber long version) {
        stock(change(event, version), event.stock());
    }

    @EventHandler
    void on(StockReservationRefused event, @SequenceNumber long version) {
        stock(change(event, version), event.stock());
    }

    @EventHandler
    void on(StockReleased event, @SequenceNumber long version) {
        stock(change(event, version), event.stock());
    }

    @EventHandler
    void on(StockCommitted event, @SequenceNumber long version) {
        stock(change(event, version), event.stock());
    }

    @EventHandler
    void on(ProductDelisted event, @SequenceNumber long version) {
        change(event, version).set(LISTED, false);
    }

    private Change change(ProductEvent event, long version) {
        return writer.at(View.CATALOG, event.productId().value(), version);
    }

    private static void describe(Change change, Description description) {
        change.set(TITLE, description.title())
                .set(TITLE_KEY, ProductDocument.titleKey(description.title()))
                .set(DESCRIPTION, description.text())
                .set(CATEGORY, description.category())
                .set(CATEGORY_KEY, Text.compared(description.category()))
                .set(SEARCH_TEXT, ProductDocument.searchText(description));
    }

    private static void price(Change change, Money price) {
        change.set(AMOUNT, price.amount()).set(CURRENCY, price.currency());
    }

    private static void stock(Change change, StockLevel stock) {
        change.set(AVAILABLE, stock.available()).set(RESERVED, stock.reserved());
    }
}
