package dev.kontor.command.order;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.side.platform.StorePreparation;
import java.util.List;
import java.util.Set;
import org.bson.Document;

/** The index of unshipped orders in MongoDB: one document {@code {_id: <order>, customer, units}} per order. */
final class MongoUnshippedOrders implements UnshippedOrders, StorePreparation {

    static final String COLLECTION = "unshipped_orders";

    private static final String ID = "_id";
    private static final String CUSTOMER = "customer";
    private static final String UNITS = "units";
    private static final String ORDERS = "orders";

    private final MongoCollection<Document> orders;

    MongoUnshippedOrders(MongoDatabase database) {
        this.orders = database.getCollection(COLLECTION);
    }

    @Override
    public void prepare() {
        orders.createIndex(Indexes.ascending(CUSTOMER));
    }

    @Override
    public void put(OrderId orderId, CustomerId customerId, long units) {
        orders.replaceOne(
                Filters.eq(ID, orderId.value()),
                new Document(ID, orderId.value())
                        .append(CUSTOMER, customerId.value())
                        .append(UNITS, units),
                new ReplaceOptions().upsert(true));
    }

    @Override
    public void remove(OrderId orderId, CustomerId customerId) {
        orders.deleteOne(Filters.eq(ID, orderId.value()));
    }

    @Override
    public Sum of(CustomerId customerId, Set<OrderId> besides) {
        Document sum = orders.aggregate(List.of(
                        Aggregates.match(Filters.and(
                                Filters.eq(CUSTOMER, customerId.value()),
                                Filters.nin(
                                        ID, besides.stream().map(OrderId::value).toList()))),
                        Aggregates.group(null, Accumulators.sum(ORDERS, 1L), Accumulators.sum(UNITS, "$" + UNITS))))
                .first();
        return sum == null
                ? Sum.NONE
                : new Sum(
                        sum.get(ORDERS, Number.class).longValue(),
                        sum.get(UNITS, Number.class).longValue());
    }
}
