package dev.kontor.query.order;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.StockMovement;
import dev.kontor.query.Paging;
import dev.kontor.query.SearchExecutor;
import dev.kontor.query.catalog.Products;
import dev.kontor.query.order.OrderQuery.FindOrder;
import dev.kontor.query.order.OrderQuery.ListOrders;
import dev.kontor.query.order.OrderQuery.Page;
import dev.kontor.query.order.OrderQuery.Scope;
import dev.kontor.query.order.OrderQuery.Shown;
import dev.kontor.query.platform.PageAfter;
import dev.kontor.query.platform.ReadYourWrites;
import dev.kontor.query.platform.Scan;
import dev.kontor.query.platform.Scan.Place;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.query.platform.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Handles queries of orders. */
@Component
class OrderReader {

    private final ViewStore store;
    private final ReadYourWrites arrivals;
    private final Products products;
    private final SearchExecutor searches;

    OrderReader(ViewStore store, ReadYourWrites arrivals, Products products, SearchExecutor searches) {
        this.store = store;
        this.arrivals = arrivals;
        this.products = products;
        this.searches = searches;
    }

    Shown handle(FindOrder query) {
        return arrivals.read(Duration.ofMillis(query.until().millis()), watch -> look(query, watch), Shown::fresh);
    }

    private Shown look(FindOrder query, ReadYourWrites.Watch watch) {
        String id = query.orderId().value();
        long due = query.until().atLeastVersion();
        // The version that settles an order is not known in advance: each of its few versions after the first may.
        watch.on(OrderDocument.ORDERS, id, query.untilSettled() ? Math.max(due, 1) : due);
        // An order that the viewer may not see is answered as missing, in the same time.
        OrderDocument order = find(query.orderId(), query.viewer()).orElse(null);
        boolean fresh = (order == null ? Wait.NOTHING : order.version()) >= due
                && (!query.untilSettled() || order == null || isSettled(order, watch));
        return new Shown(order, fresh);
    }

    /** @param viewer as in {@link FindOrder} */
    Optional<OrderDocument> find(OrderId id, CustomerId viewer) {
        return store.find(OrderDocument.ORDERS, id.value())
                .filter(document -> viewer == null || document.concerns(viewer));
    }

    /** Decided, and the catalog shows the stock that it reserved or released. */
    private boolean isSettled(OrderDocument order, ReadYourWrites.Watch watch) {
        List<StockMovement> movements = order.moved();
        return movements != null && products.show(movements, watch);
    }

    Page handle(ListOrders query) {
        Scan<OrderDocument> scan = switch (query.scope()) {
            case OWN -> Scan.of(OrderDocument.ORDERS, OrderDocument.BY_CUSTOMER).where(query.owner());
            case SALES -> Scan.of(OrderDocument.ORDERS, OrderDocument.BY_SELLER).where(query.owner());
            case ALL ->
                query.status() == null
                        ? Scan.of(OrderDocument.ORDERS, OrderDocument.BY_TIME)
                        : Scan.of(OrderDocument.ORDERS, OrderDocument.BY_STATUS).where(query.status());
        };
        Scan<OrderDocument> newestFirst = scan.descending().after(place(query.after()));
        if (query.status() == null || query.scope() == Scope.ALL) {
            List<OrderDocument> found = new ArrayList<>();
            store.scan(newestFirst.first(query.size() + 1), found::add);
            return page(found, query);
        }
        // The indexes of customers and sellers have no status: a filter by status needs a search.
        return searches.run(time -> {
            List<OrderDocument> found = new ArrayList<>();
            time.each(store, newestFirst, order -> {
                if (order.status() == query.status()) {
                    found.add(order);
                }
                return found.size() <= query.size();
            });
            return page(found, query);
        });
    }

    /** @param found one more than was asked for, if there are that many */
    private static Page page(List<OrderDocument> found, ListOrders query) {
        int shown = OrderProtos.fitting(found, query.size());
        return new Page(found.subList(0, shown), shown < found.size() ? endOf(found.get(shown - 1)) : null);
    }

    private static Place place(PageAfter after) {
        return after == null ? null : new Place(Paging.number(after), after.id());
    }

    private static PageAfter endOf(OrderDocument last) {
        return new PageAfter(Long.toString(last.placedAt()), last.id());
    }
}
