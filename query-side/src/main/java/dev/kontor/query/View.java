package dev.kontor.query;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The views: each is fed by a processor of its own, under the same name, and can be rebuilt on its own. */
public enum View {
    CATALOG(View.CATALOG_NAME),
    CARTS(View.CARTS_NAME),
    ORDERS(View.ORDERS_NAME, View.ORDER_LISTS),
    CUSTOMERS(View.CUSTOMERS_NAME),
    SESSIONS(View.SESSIONS_NAME, View.PROOFS);

    /**
     * Version of what the projections make of the log. To be raised with every change of a document's fields or of what
     * is in them: embedded views of another version are read off the log again at the next start.
     */
    public static final int SHAPE = 4;

    public static final String CATALOG_NAME = "catalog";
    public static final String CARTS_NAME = "carts";
    public static final String ORDERS_NAME = "orders";
    public static final String CUSTOMERS_NAME = "customers";
    public static final String SESSIONS_NAME = "sessions";

    /** The second collection of the orders view. */
    public static final String ORDER_LISTS = "order_lists";

    /** The second collection of the sessions view. */
    public static final String PROOFS = "proofs";

    private final String viewName;
    private final List<String> collections;

    View(String viewName, String... furtherCollections) {
        this.viewName = viewName;
        this.collections = Stream.concat(Stream.of(viewName), Arrays.stream(furtherCollections))
                .toList();
    }

    public static Optional<View> ofName(String name) {
        return Arrays.stream(values())
                .filter(view -> view.viewName.equals(name))
                .findFirst();
    }

    /** Of the view, its processor and its first collection. */
    public String viewName() {
        return viewName;
    }

    /** The first has the name of the view. */
    public List<String> collections() {
        return collections;
    }
}
