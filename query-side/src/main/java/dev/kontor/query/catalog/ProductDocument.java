package dev.kontor.query.catalog;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.proto.catalog.Product;
import dev.kontor.query.Protos;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.Index;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewDocument;
import dev.kontor.text.Text;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * A product.
 *
 * @param titleKey the sort key of the title: the beginning of its compared form, because page tokens contain it
 * @param categoryKey the category in its compared form
 * @param listedAt in milliseconds
 * @param offerVersion of the last change of description or price, or of the delisting
 * @param stockVersion of the last change of the stock by its owner; orders do not change it
 */
public record ProductDocument(
        @BsonId String id,
        Description description,
        String titleKey,
        String categoryKey,
        Money price,
        StockLevel stock,
        CustomerId sellerId,
        boolean listed,
        long listedAt,
        long offerVersion,
        long stockVersion,
        long version)
        implements ViewDocument {

    static final Index BY_TIME = Index.of("by_time", "listed", "listedAt");
    static final Index BY_PRICE = Index.of("by_price", "listed", "price.amount");
    static final Index BY_TITLE = Index.of("by_title", "listed", "titleKey");
    static final Index BY_CATEGORY = Index.of("by_category", "categoryKey", "listed", "listedAt");
    static final Index BY_SELLER = Index.of("by_seller", "sellerId", "listed", "listedAt");

    static final String VIEW_NAME = "catalog";
    static final DocumentType<ProductDocument> PRODUCTS =
            DocumentType.of(VIEW_NAME, ProductDocument.class, BY_TIME, BY_PRICE, BY_TITLE, BY_CATEGORY, BY_SELLER);
    public static final View VIEW = View.of(VIEW_NAME, 7, PRODUCTS);

    /** Twice the stored length: only texts with characters that expand are longer in their compared form. */
    private static final int LONGEST_TITLE_COMPARED = 400;

    static ProductDocument of(ProductListed event, Instant at, long version) {
        return of(
                event.productId().value(),
                event.description(),
                event.price(),
                event.stock(),
                event.sellerId(),
                true,
                at.toEpochMilli(),
                version,
                version,
                version);
    }

    private static ProductDocument of(
            String id,
            Description description,
            Money price,
            StockLevel stock,
            CustomerId sellerId,
            boolean listed,
            long listedAt,
            long offerVersion,
            long stockVersion,
            long version) {
        return new ProductDocument(
                id,
                description,
                Text.compared(description.title(), LONGEST_TITLE_COMPARED),
                Text.compared(description.category()),
                price,
                stock,
                sellerId,
                listed,
                listedAt,
                offerVersion,
                stockVersion,
                version);
    }

    ProductDocument described(Description other, long at) {
        return of(id, other, price, stock, sellerId, listed, listedAt, at, stockVersion, at);
    }

    ProductDocument repriced(Money other, long at) {
        return changed(other, stock, listed, at, stockVersion, at);
    }

    ProductDocument delisted(long at) {
        return changed(price, stock, false, at, stockVersion, at);
    }

    /** The owner has added or removed units. */
    ProductDocument restocked(StockLevel other, long at) {
        return changed(price, other, listed, offerVersion, at, at);
    }

    /** An order has changed the stock, or has not. */
    ProductDocument ordered(StockLevel other, long at) {
        return changed(price, other, listed, offerVersion, stockVersion, at);
    }

    private ProductDocument changed(
            Money newPrice, StockLevel newStock, boolean isListed, long offerAt, long stockAt, long at) {
        return new ProductDocument(
                id,
                description,
                titleKey,
                categoryKey,
                newPrice,
                newStock,
                sellerId,
                isListed,
                listedAt,
                offerAt,
                stockAt,
                at);
    }

    /** @param sellerName joined when read; empty if the seller is not known (any more) */
    Product toProto(String sellerName) {
        return Product.newBuilder()
                .setId(id)
                .setTitle(description.title())
                .setDescription(description.text())
                .setCategory(description.category())
                .setPrice(Protos.money(price))
                .setAvailable(stock.available())
                .setReserved(stock.reserved())
                .setSellerId(sellerId.value())
                .setSellerName(sellerName)
                .setListed(listed)
                .setVersion(version)
                .setOfferVersion(offerVersion)
                .setStockVersion(stockVersion)
                .build();
    }
}
