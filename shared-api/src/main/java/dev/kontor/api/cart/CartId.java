package dev.kontor.api.cart;

import dev.kontor.api.ids.CustomerId;

/** Identifies a customer's cart in the log, where aggregates of all types share one name space. */
public record CartId(CustomerId customerId) {

    @Override
    public String toString() {
        return "cart-" + customerId;
    }
}
