package dev.kontor.gateway.cart;

/**
 * Whose cart is meant.
 *
 * @param customerId empty for the caller's
 * @param location where that cart is
 */
record Whose(String customerId, String location) {

    static final Whose OWN = new Whose("", "/api/v1/cart");

    static Whose customers(String id) {
        return new Whose(id, "/api/v1/customers/" + id + "/cart");
    }
}
