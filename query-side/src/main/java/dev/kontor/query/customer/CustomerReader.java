package dev.kontor.query.customer;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;

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
import dev.kontor.query.SearchTime;
import dev.kontor.query.Searches;
import dev.kontor.query.View;
import dev.kontor.query.ViewStore;
import dev.kontor.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** Answers questions about accounts. */
@Component
class CustomerReader {

    private final ViewStore store;
    private final Arrivals arrivals;
    private final CustomerDocument documents;
    private final CustomerCache cache;
    private final Searches searches;

    CustomerReader(
            ViewStore store, Arrivals arrivals, CustomerDocument documents, CustomerCache cache, Searches searches) {
        this.store = store;
        this.arrivals = arrivals;
        this.documents = documents;
        this.cache = cache;
        this.searches = searches;
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
        return searches.run(time -> list(query, time));
    }

    private Page list(ListCustomers query, SearchTime time) {
        List<CustomerView> customers = new ArrayList<>();
        time.each(
                store.collection(View.CUSTOMERS)
                        .find(remaining(query.after()))
                        .sort(Sorts.ascending(CustomerDocument.REGISTERED_AT, "_id")),
                document -> {
                    CustomerView customer = documents.read(document);
                    if (holds(customer.email(), query.search()) || holds(customer.name(), query.search())) {
                        customers.add(customer);
                    }
                    return customers.size() <= query.size();
                });
        if (customers.size() <= query.size()) {
            return new Page(customers, null);
        }
        return new Page(customers.subList(0, query.size()), endOf(customers.get(query.size() - 1)));
    }

    private static boolean holds(String text, String part) {
        return part.isEmpty() || Text.compared(text).contains(part);
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
