package dev.kontor.query.catalog;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewDocument;
import dev.kontor.text.Text;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * What the search index knows of a product.
 *
 * @param price in the smallest unit of the currency
 * @param inStock whether any unit can be ordered
 * @param listedAt in milliseconds
 * @param offerVersion of the last change of description or price, or of the delisting; the audit compares it
 * @param version of the last event that changed the index: other movements of the stock leave it as it is
 */
public record SearchedProduct(
        @BsonId String id,
        Description description,
        long price,
        CustomerId sellerId,
        boolean listed,
        boolean inStock,
        long listedAt,
        long offerVersion,
        long version)
        implements ViewDocument {

    static final String VIEW_NAME = "product-search";
    /** Rises with every change of this record, of {@link ProductFields}, of their order, or of {@link ProductWords}. */
    static final View VIEW = View.local(VIEW_NAME, 3);

    static final DocumentType<SearchedProduct> PRODUCTS = DocumentType.of(VIEW_NAME, SearchedProduct.class);

    static SearchedProduct of(ProductDocument product) {
        return new SearchedProduct(
                product.id(),
                product.description(),
                product.price().amount(),
                product.sellerId(),
                product.listed(),
                product.stock().available() > 0,
                product.listedAt(),
                product.offerVersion(),
                product.version());
    }

    SearchedProduct described(Description other, long at) {
        return new SearchedProduct(id, other, price, sellerId, listed, inStock, listedAt, at, at);
    }

    SearchedProduct priced(long other, long at) {
        return new SearchedProduct(id, description, other, sellerId, listed, inStock, listedAt, at, at);
    }

    SearchedProduct delisted(long at) {
        return new SearchedProduct(id, description, price, sellerId, false, inStock, listedAt, at, at);
    }

    SearchedProduct stocked(boolean isInStock, long at) {
        return new SearchedProduct(id, description, price, sellerId, listed, isInStock, listedAt, offerVersion, at);
    }

    /** Whether a search cannot tell both apart. */
    boolean looksLike(SearchedProduct other) {
        return other.stocked(inStock, version).equals(this) && other.inStock == inStock;
    }

    String categoryKey() {
        return Text.compared(description.category());
    }
}
