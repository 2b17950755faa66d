package dev.kontor.query.order;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.model.Sorts;
import dev.kontor.api.operations.PageAfter;
import dev.kontor.api.operations.Wait;
import dev.kontor.api.order.OrderQuery.FindOrder;
import dev.kontor.api.order.OrderQuery.ListOrders;
import dev.kontor.api.order.OrderQuery.Page;
import dev.kontor.api.order.OrderQuery.Shown;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.OrderView;
import dev.kontor.api.order.StockMovement;
import dev.kontor.query.Arrivals;
import dev.kontor.query.Paging;
import dev.kontor.query.Searches;
import dev.kontor.query.View;
import dev.kontor.query.ViewStore;
import dev.kontor.query.catalog.Products;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** Answers questions about orders. */
@Component
class OrderReader {

    /** Documents read at once where a list is filtered by status. */
    private static final int CHUNK = 100;

    private final ViewStore store;
    private final Arrivals arrivals;
    private final Products products;
    private final OrderLists lists;
    private final Searches searches;

    OrderReader(ViewStore store, Arrivals arrivals, Products products, OrderLists lists, Searches searches) {
        this.store = store;
        this.arrivals = arrivals;
        this.products = products;
        this.lists = lists;
        this.searches = searches;
    }

    @QueryHandler
    Shown handle(FindOrder query) {
        return arrivals.read(Duration.ofMillis(query.until().millis()), watch -> look(query, watch), Shown::fresh);
    }

    private Shown look(FindOrder query, Arrivals.Watch watch) {
        String id = query.orderId().value();
        watch.on(View.ORDERS, id);
        // What the viewer may not see is not there: neither the answer nor the time it takes tells otherwise.
        Document order = store.find(View.ORDERS, id)
                .filter(document -> query.viewer() == null || OrderDocument.concerns(document, query.viewer()))
                .orElse(null);
        long version = order == null ? Wait.NOTHING : order.getLong(OrderDocument.VERSION);
        boolean fresh = version >= query.until().atLeastVersion()
                && (!query.untilSettled() || order == null || isSettled(order, watch));
        return new Shown(order == null ? null : OrderDocument.read(order), fresh);
    }

    /** Decided, and the stock it took or gave back shows in the catalog. */
    private boolean isSettled(Document order, Arrivals.Watch watch) {
        List<StockMovement> movements = switch (OrderDocument.status(order)) {
            case PLACED -> null;
            case CONFIRMED, SHIPPED, DELIVERED -> OrderDocument.movements(order, OrderDocument.RESERVATIONS);
            case REJECTED, CANCELLED -> OrderDocument.movements(order, OrderDocument.RETURNS);
        };
        return movements != null && products.show(movements, watch);
    }

    @QueryHandler
    Page handle(ListOrders query) {
        return switch (query.scope()) {
            case OWN -> ofOwner(OrderBucket.customer(query.owner()), query);
            case SALES -> ofOwner(OrderBucket.seller(query.owner()), query);
            case ALL -> everybodys(query);
        };
    }

    /** The status is in each order and not in the list of them: so those of one status have to be searched for. */
    private Page ofOwner(String owner, ListOrders query) {
        return query.status() == null
                ? listed(owner, query, () -> {})
                : searches.run(time -> listed(owner, query, time::check));
    }

    private record Listed(OrderLists.Entry entry, OrderView order) {}

    private Page listed(String owner, ListOrders query, Runnable check) {
        int chunk = query.status() == null ? query.size() + 1 : CHUNK;
        try (Stream<OrderLists.Entry> entries = lists.newestFirst(owner, query.after())) {
            List<Listed> listed = entries.gather(Gatherers.windowFixed(chunk))
                    .flatMap(window -> {
                        check.run();
                        return read(window, query.status());
                    })
                    .limit(query.size() + 1L)
                    .toList();
            List<OrderView> found = listed.stream().map(Listed::order).toList();
            int shown = OrderProtos.fitting(found, query.size());
            boolean more = found.size() > shown;
            return new Page(
                    found.subList(0, shown),
                    more ? listed.get(shown - 1).entry().end() : null);
        }
    }

    private Stream<Listed> read(List<OrderLists.Entry> entries, OrderStatus status) {
        Map<String, Document> documents = store.findAll(
                View.ORDERS, entries.stream().map(OrderLists.Entry::orderId).toList());
        return entries.stream()
                .filter(entry -> documents.containsKey(entry.orderId()))
                .filter(entry -> status == null || OrderDocument.status(documents.get(entry.orderId())) == status)
                .map(entry -> new Listed(entry, OrderDocument.read(documents.get(entry.orderId()))));
    }

    private Page everybodys(ListOrders query) {
        Bson wanted = query.status() == null
                ? empty()
                : eq(OrderDocument.STATUS, query.status().name());
        List<OrderView> orders = new ArrayList<>();
        store.collection(View.ORDERS)
                .find(and(wanted, remaining(query.after())))
                .sort(Sorts.descending(OrderDocument.PLACED_AT, "_id"))
                .limit(query.size() + 1)
                .forEach(document -> orders.add(OrderDocument.read(document)));
        int shown = OrderProtos.fitting(orders, query.size());
        if (orders.size() == shown) {
            return new Page(orders, null);
        }
        OrderView last = orders.get(shown - 1);
        return new Page(
                orders.subList(0, shown),
                new PageAfter(
                        Long.toString(last.placedAt().toEpochMilli()), last.id().value()));
    }

    private static Bson remaining(PageAfter after) {
        if (after == null) {
            return empty();
        }
        long at = Paging.number(after);
        return or(lt(OrderDocument.PLACED_AT, at), and(eq(OrderDocument.PLACED_AT, at), lt("_id", after.id())));
    }
}
