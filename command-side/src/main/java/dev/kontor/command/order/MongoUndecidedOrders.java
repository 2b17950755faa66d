package dev.kontor.command.order;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/**
 * The index of undecided orders in MongoDB, one document per order. All instances of the command side see a write at once,
 * before the token of its batch is stored; a repeated event writes the same again.
 */
public final class MongoUndecidedOrders implements UndecidedOrders {

    public static final String COLLECTION = "open_orders";

    private static final String ID = "_id";
    private static final String LINES = "lines";
    private static final String PRODUCT = "productId";
    private static final String QUANTITY = "quantity";
    private static final String PLACED_AT = "placedAt";
    private static final String DEADLINE = "deadline";
    private static final String NEEDS_ATTENTION = "needsAttention";

    private final MongoCollection<Document> orders;

    public MongoUndecidedOrders(MongoDatabase database) {
        this.orders = database.getCollection(COLLECTION);
    }

    @Override
    public void put(UndecidedOrder order) {
        orders.replaceOne(Filters.eq(ID, order.orderId().value()), document(order), new ReplaceOptions().upsert(true));
    }

    @Override
    public void remove(OrderId orderId) {
        orders.deleteOne(Filters.eq(ID, orderId.value()));
    }

    @Override
    public Optional<UndecidedOrder> find(OrderId orderId) {
        return Optional.ofNullable(orders.find(Filters.eq(ID, orderId.value())).first())
                .map(MongoUndecidedOrders::order);
    }

    @Override
    public List<UndecidedOrder> all() {
        return orders.find().map(MongoUndecidedOrders::order).into(new ArrayList<>());
    }

    private static Document document(UndecidedOrder order) {
        List<Document> lines = order.lines().stream()
                .map(line -> new Document(PRODUCT, line.productId().value())
                        .append(QUANTITY, line.quantity().value()))
                .toList();
        return new Document(ID, order.orderId().value())
                .append(LINES, lines)
                .append(PLACED_AT, order.placedAt().toEpochMilli())
                .append(DEADLINE, order.deadline().toEpochMilli())
                .append(NEEDS_ATTENTION, order.needsAttention());
    }

    private static UndecidedOrder order(Document document) {
        List<CartLine> lines = document.getList(LINES, Document.class).stream()
                .map(line -> new CartLine(new ProductId(line.getString(PRODUCT)), new Quantity(line.getLong(QUANTITY))))
                .toList();
        return new UndecidedOrder(
                new OrderId(document.getString(ID)),
                lines,
                Instant.ofEpochMilli(document.getLong(PLACED_AT)),
                Instant.ofEpochMilli(document.getLong(DEADLINE)),
                document.getBoolean(NEEDS_ATTENTION));
    }
}
