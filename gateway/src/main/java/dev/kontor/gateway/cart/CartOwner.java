package dev.kontor.gateway.cart;

/**
 * The customer whose cart a request addresses.
 *
 * @param customerId empty for the caller
 * @param location the path of the cart
 */
record CartOwner(String customerId, String location) {

    static final CartOwner OWN = new CartOwner("", "/api/v1/cart");

    static CartOwner customers(String id) {
        return new CartOwner(id, "/api/v1/customers/" + id + "/cart");
    }
}
