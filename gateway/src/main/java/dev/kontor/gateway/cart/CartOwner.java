package dev.kontor.gateway.cart;

/**
 * Whose cart is meant.
 *
 * @param customerId empty for the caller's
 * @param location where that cart is
 */
record CartOwner(String customerId, String location) {

    static final CartOwner OWN = new CartOwner("", "/api/v1/cart");

    static CartOwner customers(String id) {
        return new CartOwner(id, "/api/v1/customers/" + id + "/cart");
    }
}
