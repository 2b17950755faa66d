package dev.kontor.query.customer;

import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.query.Paging;
import dev.kontor.query.SearchDeadline;
import dev.kontor.query.SearchExecutor;
import dev.kontor.query.customer.CustomerQuery.FindCustomer;
import dev.kontor.query.customer.CustomerQuery.FindCustomers;
import dev.kontor.query.customer.CustomerQuery.ListCustomers;
import dev.kontor.query.customer.CustomerQuery.Page;
import dev.kontor.query.customer.CustomerQuery.Shown;
import dev.kontor.query.platform.PageAfter;
import dev.kontor.query.platform.ReadYourWrites;
import dev.kontor.query.platform.Scan;
import dev.kontor.query.platform.Scan.Place;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.query.platform.Wait;
import dev.kontor.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Handles queries of accounts. */
@Component
class CustomerReader {

    private final ViewStore store;
    private final ReadYourWrites arrivals;
    private final UnsealedProfiles profiles;
    private final CustomerCache cache;
    private final SearchExecutor searches;

    CustomerReader(
            ViewStore store,
            ReadYourWrites arrivals,
            UnsealedProfiles profiles,
            CustomerCache cache,
            SearchExecutor searches) {
        this.store = store;
        this.arrivals = arrivals;
        this.profiles = profiles;
        this.cache = cache;
        this.searches = searches;
    }

    Shown handle(FindCustomer query) {
        String id = query.customerId().value();
        return arrivals.read(
                Duration.ofMillis(query.until().millis()),
                watch -> {
                    watch.on(CustomerDocument.CUSTOMERS, id, query.until().atLeastVersion());
                    CustomerView customer = cache.get(id, query.until().atLeastVersion(), this::read);
                    long version = customer == null ? Wait.NOTHING : customer.version();
                    return new Shown(customer, version >= query.until().atLeastVersion());
                },
                Shown::fresh);
    }

    List<CustomerView> handle(FindCustomers query) {
        List<String> ids = query.customerIds().stream().map(CustomerId::value).toList();
        Map<String, CustomerDocument> found = store.findAll(CustomerDocument.CUSTOMERS, ids);
        return ids.stream()
                .map(found::get)
                .filter(document -> document != null && document.status() != CustomerStatus.ERASED)
                .map(profiles::read)
                .toList();
    }

    private CustomerView read(String id) {
        return store.find(CustomerDocument.CUSTOMERS, id).map(profiles::read).orElse(null);
    }

    /** Reads every account, because the searched data is sealed: no index can contain it. */
    Page handle(ListCustomers query) {
        return searches.run(time -> list(query, time));
    }

    private Page list(ListCustomers query, SearchDeadline time) {
        List<CustomerView> customers = new ArrayList<>();
        time.each(
                store,
                Scan.of(CustomerDocument.CUSTOMERS, CustomerDocument.BY_REGISTRATION)
                        .after(place(query.after())),
                document -> {
                    if (document.status() != CustomerStatus.ERASED) {
                        CustomerView customer = profiles.read(document);
                        if (holds(customer.email(), query.search()) || holds(customer.name(), query.search())) {
                            customers.add(customer);
                        }
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

    private static Place place(PageAfter after) {
        return after == null ? null : new Place(Paging.number(after), after.id());
    }

    private static PageAfter endOf(CustomerView last) {
        return new PageAfter(
                Long.toString(last.registeredAt().toEpochMilli()), last.id().value());
    }
}
