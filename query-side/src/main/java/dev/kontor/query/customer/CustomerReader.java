package dev.kontor.query.customer;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Sorts;
import dev.kontor.api.customer.CustomerQuery.FindCustomer;
import dev.kontor.api.customer.CustomerQuery.ListCustomers;
import dev.kontor.api.customer.CustomerQuery.Page;
import dev.kontor.api.customer.CustomerQuery.Shown;
import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.customer.CustomerView;
import dev.kontor.api.operations.PageAfter;
import dev.kontor.api.operations.Wait;
import dev.kontor.query.Arrivals;
import dev.kontor.query.Paging;
import dev.kontor.query.View;
import dev.kontor.query.ViewStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** Answers questions about accounts. */
@Component
class CustomerReader {

    private final ViewStore store;
    private final Arrivals arrivals;
    private final CustomerDocument documents;
    private final CustomerCache cache;

    CustomerReader(ViewStore store, Arrivals arrivals, CustomerDocument documents, CustomerCache cache) {
        this.store = store;
        this.arrivals = arrivals;
        this.documents = documents;
        this.cache = cache;
    }

    @QueryHandler
    Shown handle(FindCustomer query) {
        String id = query.customerId().value();
        return arrivals.read(
                Duration.ofMillis(query.until().millis()),
                watch -> {
                    watch.on(View.CUSTOMERS, id);
                    CustomerView customer = cache.get(id, query.until().atLeastVersion(), this::read);
                    long version = customer == null ? Wait.NOTHING : customer.version();
                    return new Shown(customer, version >= query.until().atLeastVersion());
                },
                Shown::fresh);
    }

    private CustomerView read(String id) {
        return store.find(View.CUSTOMERS, id).map(documents::read).orElse(null);
    }

    /** Reads account by account, because what is searched is sealed: no index can know it. */
    @QueryHandler
    Page handle(ListCustomers query) {
        String part = query.search().toLowerCase(Locale.ROOT);
        List<CustomerView> customers = new ArrayList<>();
        try (MongoCursor<Document> cursor = store.collection(View.CUSTOMERS)
                .find(remaining(query.after()))
                .sort(Sorts.ascending(CustomerDocument.REGISTERED_AT, "_id"))
                .cursor()) {
            while (cursor.hasNext()) {
                CustomerView customer = documents.read(cursor.next());
                if (!holds(customer.email(), part) && !holds(customer.name(), part)) {
                    continue;
                }
                if (customers.size() == query.size()) {
                    return new Page(customers, endOf(customers.getLast()));
                }
                customers.add(customer);
            }
        }
        return new Page(customers, null);
    }

    private static boolean holds(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part);
    }

    private static Bson remaining(PageAfter after) {
        Bson known = ne(CustomerDocument.STATUS, CustomerStatus.ERASED.name());
        if (after == null) {
            return known;
        }
        long at = Paging.number(after);
        return and(
                known,
                or(
                        gt(CustomerDocument.REGISTERED_AT, at),
                        and(eq(CustomerDocument.REGISTERED_AT, at), gt("_id", after.id()))));
    }

    private static PageAfter endOf(CustomerView last) {
        return new PageAfter(
                Long.toString(last.registeredAt().toEpochMilli()), last.id().value());
    }
}
