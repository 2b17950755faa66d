package dev.kontor.command.customer;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.side.platform.StorePreparation;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/**
 * The index of products by seller in MongoDB: a document {@code {_id: "product/<id>", seller}} per product for sale,
 * and one {@code {_id: "seller/<id>", closed, version}} per seller whose account was ever closed. The latter has the
 * account's version, because events may be handled again after later ones.
 */
final class MongoSellers implements Sellers, StorePreparation {

    static final String COLLECTION = "sellers";

    private static final String ID = "_id";
    private static final String PRODUCT = "product/";
    private static final String SELLER = "seller/";
    private static final String OF = "seller";
    private static final String CLOSED = "closed";
    private static final String VERSION = "version";
    private static final int DUPLICATE_KEY = 11000;

    private final MongoCollection<Document> sellers;

    MongoSellers(MongoDatabase database) {
        this.sellers = database.getCollection(COLLECTION);
    }

    @Override
    public void prepare() {
        sellers.createIndex(Indexes.ascending(OF));
    }

    @Override
    public void listed(ProductId productId, CustomerId seller) {
        sellers.replaceOne(
                Filters.eq(ID, PRODUCT + productId),
                new Document(ID, PRODUCT + productId).append(OF, seller.value()),
                new ReplaceOptions().upsert(true));
    }

    @Override
    public void delisted(ProductId productId) {
        sellers.deleteOne(Filters.eq(ID, PRODUCT + productId));
    }

    @Override
    public List<ProductId> productsOf(CustomerId seller) {
        return sellers.find(Filters.eq(OF, seller.value()))
                .map(document -> new ProductId(document.getString(ID).substring(PRODUCT.length())))
                .into(new ArrayList<>());
    }

    @Override
    public boolean closed(CustomerId seller, long version) {
        return set(seller, version, true);
    }

    @Override
    public void reopened(CustomerId seller, long version) {
        set(seller, version, false);
    }

    /** An upsert that matches older versions only: if a later one is stored, it tries to insert a second and fails. */
    private boolean set(CustomerId seller, long version, boolean closed) {
        try {
            sellers.updateOne(
                    Filters.and(Filters.eq(ID, SELLER + seller), Filters.lte(VERSION, version)),
                    Updates.combine(Updates.set(CLOSED, closed), Updates.set(VERSION, version)),
                    new UpdateOptions().upsert(true));
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCode() != DUPLICATE_KEY) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public boolean isClosed(CustomerId seller) {
        Document known = sellers.find(Filters.eq(ID, SELLER + seller)).first();
        return known != null && known.getBoolean(CLOSED);
    }
}
