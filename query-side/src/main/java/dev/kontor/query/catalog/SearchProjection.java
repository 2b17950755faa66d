package dev.kontor.query.catalog;

import dev.kontor.api.catalog.ProductEvent;
import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.catalog.ProductEvent.ProductDescribed;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.catalog.ProductEvent.StockReleased;
import dev.kontor.api.catalog.ProductEvent.StockRemoved;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.query.platform.View;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** Projects products into the search index. What changes neither a text nor the units that can be ordered is not read. */
@Component
@ProcessingGroup(SearchedProduct.VIEW_NAME)
class SearchProjection {

    private final ProductIndex index;

    SearchProjection(ProductIndex index) {
        this.index = index;
    }

    @Bean
    static View productSearchView() {
        return SearchedProduct.VIEW;
    }

    @EventHandler
    void on(ProductListed event, @SequenceNumber long version, @Timestamp Instant at) {
        change(
                event,
                version,
                none -> new SearchedProduct(
                        event.productId().value(),
                        event.description(),
                        event.price().amount(),
                        event.sellerId(),
                        true,
                        event.stock().available() > 0,
                        at.toEpochMilli(),
                        version,
                        version));
    }

    @EventHandler
    void on(ProductDescribed event, @SequenceNumber long version) {
        change(event, version, before -> before.described(event.description(), version));
    }

    @EventHandler
    void on(ProductRepriced event, @SequenceNumber long version) {
        change(event, version, before -> before.priced(event.price().amount(), version));
    }

    @EventHandler
    void on(ProductDelisted event, @SequenceNumber long version) {
        change(event, version, before -> before.delisted(version));
    }

    @EventHandler
    void on(StockAdded event, @SequenceNumber long version) {
        stock(event, event.stock(), version);
    }

    @EventHandler
    void on(StockRemoved event, @SequenceNumber long version) {
        stock(event, event.stock(), version);
    }

    @EventHandler
    void on(StockReserved event, @SequenceNumber long version) {
        stock(event, event.stock(), version);
    }

    @EventHandler
    void on(StockReleased event, @SequenceNumber long version) {
        stock(event, event.stock(), version);
    }

    private void change(ProductEvent event, long version, UnaryOperator<SearchedProduct> change) {
        index.change(event.productId().value(), version, change);
    }

    private void stock(ProductEvent event, StockLevel stock, long version) {
        index.stock(event.productId().value(), version, stock.available() > 0);
    }
}
