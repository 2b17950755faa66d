package dev.kontor.query.catalog;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.catalog.ProductView;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
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
 * @param searchText title and description in their compared forms, separated by a line break, which no compared
 *     form contains
 * @param amount of the price, in the smallest unit of the currency
 * @param listedAt in milliseconds
 */
public record ProductDocument(
        @BsonId String id,
        String title,
        String titleKey,
        String description,
        String category,
        String categoryKey,
        String searchText,
        long amount,
        String currency,
        long available,
        long reserved,
        String sellerId,
        boolean listed,
        long listedAt,
        long version)
        implements ViewDocument {

    static final Index BY_TIME = Index.of("by_time", "listed", "listedAt");
    static final Index BY_PRICE = Index.of("by_price", "listed", "amount");
    static final Index BY_TITLE = Index.of("by_title", "listed", "titleKey");
    static final Index BY_CATEGORY = Index.of("by_category", "categoryKey", "listed", "listedAt");
    static final Index BY_SELLER = Index.of("by_seller", "sellerId", "listed", "listedAt");

    static final String VIEW_NAME = "catalog";
    static final DocumentType<ProductDocument> PRODUCTS =
            DocumentType.of(VIEW_NAME, ProductDocument.class, BY_TIME, BY_PRICE, BY_TITLE, BY_CATEGORY, BY_SELLER);
    public static final View VIEW = View.of(VIEW_NAME, 4, PRODUCTS);

    /** Twice the stored length: only texts with characters that expand are longer in their compared form. */
    private static final int LONGEST_TITLE_COMPARED = 400;

    private static final int LONGEST_TEXT_SEARCHED = 10_000;

    static ProductDocument of(ProductListed event, Instant at, long version) {
        Description description = event.description();
        return new ProductDocument(
                event.productId().value(),
                description.title(),
                titleKey(description.title()),
                description.text(),
                description.category(),
                Text.compared(description.category()),
                searchText(description),
                event.price().amount(),
                event.price().currency(),
                event.stock().available(),
                event.stock().reserved(),
                event.sellerId().value(),
                true,
                at.toEpochMilli(),
                version);
    }

    private static String titleKey(String title) {
        return Text.compared(title, LONGEST_TITLE_COMPARED);
    }

    private static String searchText(Description description) {
        return titleKey(description.title()) + "\n" + Text.compared(description.text(), LONGEST_TEXT_SEARCHED);
    }

    ProductDocument described(Description description, long at) {
        return new ProductDocument(
                id,
                description.title(),
                titleKey(description.title()),
                description.text(),
                description.category(),
                Text.compared(description.category()),
                searchText(description),
                amount,
                currency,
                available,
                reserved,
                sellerId,
                listed,
                listedAt,
                at);
    }

    ProductDocument changed(Money price, StockLevel stock, boolean isListed, long at) {
        return new ProductDocument(
                id,
                title,
                titleKey,
                description,
                category,
                categoryKey,
                searchText,
                price.amount(),
                price.currency(),
                stock.available(),
                stock.reserved(),
                sellerId,
                isListed,
                listedAt,
                at);
    }

    Money price() {
        return new Money(amount, currency);
    }

    StockLevel stock() {
        return new StockLevel(available, reserved);
    }

    /** @param sellerName joined; empty where it is not known */
    ProductView view(String sellerName) {
        return new ProductView(
                new ProductId(id),
                title,
                description,
                category,
                price(),
                stock(),
                new CustomerId(sellerId),
                sellerName,
                listed,
                Instant.ofEpochMilli(listedAt),
                version);
    }
}
