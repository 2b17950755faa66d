package dev.kontor.query.catalog;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductId;
import dev.kontor.api.catalog.ProductView;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.customer.CustomerId;
import dev.kontor.text.Text;
import java.time.Instant;
import org.bson.Document;

/** The shape of a product's document. */
final class ProductDocument {

    static final String TITLE = "title";
    /** The title as it is sorted: in its compared form, of which only the beginning counts, since it is in page tokens. */
    static final String TITLE_KEY = "titleKey";
    /** The category in its compared form. */
    static final String CATEGORY_KEY = "categoryKey";
    /** Title and description in their compared forms, between them a line break, which no compared form has. */
    static final String SEARCH_TEXT = "searchText";

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

    /** Twice what is stored: only texts of characters that stand for many are longer when they are compared. */
    private static final int LONGEST_TITLE_COMPARED = 400;

    private static final int LONGEST_TEXT_SEARCHED = 10_000;

    private ProductDocument() {}

    static String titleKey(String title) {
        return Text.compared(title, LONGEST_TITLE_COMPARED);
    }

    static String searchText(Description description) {
        return titleKey(description.title()) + "\n" + Text.compared(description.text(), LONGEST_TEXT_SEARCHED);
    }

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
