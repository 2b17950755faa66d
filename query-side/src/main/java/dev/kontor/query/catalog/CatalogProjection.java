package dev.kontor.query.catalog;

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
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewWriter;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** Projects products from the log. Stock events contain the resulting level, so this class never adds. */
@Component
@ProcessingGroup(ProductDocument.VIEW_NAME)
class CatalogProjection {

    private final ViewWriter writer;

    CatalogProjection(ViewWriter writer) {
        this.writer = writer;
    }

    @Bean
    static View catalogView() {
        return ProductDocument.VIEW;
    }

    @EventHandler
    void on(ProductListed event, @SequenceNumber long version, @Timestamp Instant at) {
        change(event, version, none -> ProductDocument.of(event, at, version));
    }

    @EventHandler
    void on(ProductDescribed event, @SequenceNumber long version) {
        change(event, version, before -> before.described(event.description(), version));
    }

    @EventHandler
    void on(ProductRepriced event, @SequenceNumber long version) {
        change(event, version, before -> before.repriced(event.price(), version));
    }

    @EventHandler
    void on(StockAdded event, @SequenceNumber long version) {
        change(event, version, before -> before.restocked(event.stock(), version));
    }

    @EventHandler
    void on(StockRemoved event, @SequenceNumber long version) {
        change(event, version, before -> before.restocked(event.stock(), version));
    }

    @EventHandler
    void on(StockReserved event, @SequenceNumber long version) {
        ordered(event, event.stock(), version);
    }

    @EventHandler
    void on(StockReservationRefused event, @SequenceNumber long version) {
        ordered(event, event.stock(), version);
    }

    @EventHandler
    void on(StockReleased event, @SequenceNumber long version) {
        ordered(event, event.stock(), version);
    }

    @EventHandler
    void on(StockCommitted event, @SequenceNumber long version) {
        ordered(event, event.stock(), version);
    }

    @EventHandler
    void on(ProductDelisted event, @SequenceNumber long version) {
        change(event, version, before -> before.delisted(version));
    }

    private void ordered(ProductEvent event, StockLevel stock, long version) {
        change(event, version, before -> before.ordered(stock, version));
    }

    private void change(ProductEvent event, long version, UnaryOperator<ProductDocument> change) {
        writer.at(ProductDocument.PRODUCTS, event.productId().value(), version, change);
    }
}
