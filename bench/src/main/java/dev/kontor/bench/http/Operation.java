package dev.kontor.bench.http;

/** A call that a client makes, with the status of a good answer. */
enum Operation {
    /** One line of one unit, of one of many products. */
    ORDER(201),
    /** As ORDER, always of the same product. */
    HOT_ORDER(201),
    /** Sets the quantity of a product in the client's own cart. */
    CART(200),
    ITEM(200),
    LIST(200),
    SEARCH(200);

    private final int expected;

    Operation(int expected) {
        this.expected = expected;
    }

    int expected() {
        return expected;
    }

    boolean isOrder() {
        return this == ORDER || this == HOT_ORDER;
    }
}
