package dev.kontor.query.customer;

import dev.kontor.query.View;
import dev.kontor.query.ViewStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Names of customers, for rooms that show who somebody is. */
@Component
public class CustomerNames {

    private final ViewStore store;
    private final CustomerDocument documents;

    CustomerNames(ViewStore store, CustomerDocument documents) {
        this.store = store;
        this.documents = documents;
    }

    /** By id; absent where the customer is not known, empty where they are erased. */
    public Map<String, String> of(Collection<String> customerIds) {
        Map<String, String> names = new HashMap<>();
        store.findAll(View.CUSTOMERS, customerIds, CustomerDocument.NAME)
                .forEach((id, document) -> names.put(id, documents.name(document)));
        return names;
    }
}
