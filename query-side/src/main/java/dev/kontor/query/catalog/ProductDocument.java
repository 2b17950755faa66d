package dev.kontor.query.catalog;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductId;
import dev.kontor.api.catalog.ProductView;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.customer.CustomerId;
import java.time.Instant;
import org.bson.Document;

/** The shape of a product's document. */
final class ProductDocument {

    static final String TITLE = "title";
    /** The title as it is sorted: letter case ignored. */
    static final String TITLE_KEY = "titleKey";

    static final String DESCRIPTION = "description";
    static final String CATEGORY = "category";
    static final String AMOUNT = "amount";
    static final String CURRENCY = "currency";
    static final String SELLER_ID = "sellerId";
    static final String AVAILABLE = "available";
    static final String RESERVED = "reserved";
    static final String LISTED = "listed";
    static final String LISTED_AT = "listedAt";
    static final String VERSION = "version";

    private ProductDocument() {}

    /** @param sellerName joined; empty where it is not known */
    static ProductView read(Document document, String sellerName) {
        return new ProductView(
                new ProductId(document.getString("_id")),
                document.getString(TITLE),
                document.getString(DESCRIPTION),
                document.getString(CATEGORY),
                price(document),
                new StockLevel(document.getLong(AVAILABLE), document.getLong(RESERVED)),
                new CustomerId(document.getString(SELLER_ID)),
                sellerName,
                document.getBoolean(LISTED),
                Instant.ofEpochMilli(document.getLong(LISTED_AT)),
                document.getLong(VERSION));
    }

    static Money price(Document document) {
        return new Money(document.getLong(AMOUNT), document.getString(CURRENCY));
    }
}
