package dev.kontor.query.customer;

import dev.kontor.query.platform.ViewStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Names of customers, for other features. */
@Component
public class CustomerNames {

    private final ViewStore store;
    private final UnsealedProfiles profiles;

    CustomerNames(ViewStore store, UnsealedProfiles profiles) {
        this.store = store;
        this.profiles = profiles;
    }

    /** By id; absent if the customer is unknown, empty if they are erased. */
    public Map<String, String> of(Collection<String> customerIds) {
        Map<String, String> names = new HashMap<>();
        store.findAll(CustomerDocument.CUSTOMERS, customerIds)
                .forEach((id, document) -> names.put(id, profiles.name(document)));
        return names;
    }
}
