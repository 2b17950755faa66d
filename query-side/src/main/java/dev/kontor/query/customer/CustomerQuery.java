package dev.kontor.query.customer;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.query.platform.PageAfter;
import dev.kontor.query.platform.Wait;
import java.util.List;

sealed interface CustomerQuery {

    /** Returns a {@link Shown}. */
    record FindCustomer(CustomerId customerId, Wait until) implements CustomerQuery {}

    /** Returns a list of profiles, in the order of the ids, without those that do not exist. */
    record FindCustomers(List<CustomerId> customerIds) implements CustomerQuery {

        public FindCustomers {
            customerIds = List.copyOf(customerIds);
        }
    }

    /**
     * Returns a {@link Page}, oldest account first, without erased ones.
     *
     * @param search a part of e-mail or name in its compared form; empty for all
     * @param after null for the first page
     */
    record ListCustomers(String search, int size, PageAfter after) implements CustomerQuery {}

    /**
     * @param customer null if it does not exist
     * @param fresh whether the document has the version waited for
     */
    record Shown(CustomerView customer, boolean fresh) {}

    /** @param next null on the last page */
    record Page(List<CustomerView> customers, PageAfter next) {

        public Page {
            customers = List.copyOf(customers);
        }
    }
}
