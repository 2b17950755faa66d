package dev.kontor.query.catalog;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.model.Sorts;
import dev.kontor.api.catalog.ProductSort;
import dev.kontor.api.operations.PageAfter;
import dev.kontor.query.Paging;
import java.util.Comparator;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;

/** How a search is sorted, and where its next page goes on. The id runs the same way as the key. */
record ProductOrder(String key, boolean descending, boolean numeric) {

    static ProductOrder of(ProductSort sort) {
        return switch (sort) {
            case NEWEST -> new ProductOrder(ProductDocument.LISTED_AT, true, true);
            case CHEAPEST -> new ProductOrder(ProductDocument.AMOUNT, false, true);
            case DEAREST -> new ProductOrder(ProductDocument.AMOUNT, true, true);
            case TITLE -> new ProductOrder(ProductDocument.TITLE_KEY, false, false);
        };
    }

    Bson sort() {
        return descending ? Sorts.descending(key, "_id") : Sorts.ascending(key, "_id");
    }

    /** What has the same key as the end of the page before, and comes behind it. */
    Bson rest(PageAfter after) {
        return and(eq(key, value(after)), descending ? lt("_id", after.id()) : gt("_id", after.id()));
    }

    /** What has a key behind that of the page before. */
    Bson behind(PageAfter after) {
        return descending ? lt(key, value(after)) : gt(key, value(after));
    }

    /** As the store sorts. */
    Comparator<Document> comparator() {
        Function<Document, String> text = document -> document.getString(key);
        Comparator<Document> byKey =
                numeric ? Comparator.comparing(document -> document.getLong(key)) : Comparator.comparing(text);
        Comparator<Document> ascending = byKey.thenComparing(document -> document.getString("_id"));
        return descending ? ascending.reversed() : ascending;
    }

    Bson remaining(PageAfter after) {
        if (after == null) {
            return empty();
        }
        return or(behind(after), rest(after));
    }

    /** The end of the page before, as something to compare documents with; null where there is none. */
    Document end(PageAfter after) {
        return after == null ? null : new Document(key, value(after)).append("_id", after.id());
    }

    private Object value(PageAfter after) {
        return numeric ? (Object) Paging.number(after) : after.key();
    }

    PageAfter endOf(Document last) {
        return new PageAfter(last.get(key).toString(), last.getString("_id"));
    }
}
