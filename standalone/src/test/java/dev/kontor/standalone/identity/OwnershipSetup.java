package dev.kontor.standalone.identity;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.identity.Operation.Who;
import dev.kontor.testsupport.Answer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Callers of all roles, and the data of another customer that they try to reach. */
final class OwnershipSetup {

    private final Map<Who, Customer> people = new EnumMap<>(Who.class);
    private final Client anonymous;
    private final String email;
    private final String refreshToken;
    private final String session;
    private final String product;
    private final String order;

    /** @param familiar the callers who are taken from another scene: all but the owner, or none */
    private OwnershipSetup(Shop shop, Map<Who, Customer> familiar) {
        anonymous = shop.anonymous();
        email = "owner-" + UUID.randomUUID() + "@example.com";
        shop.signUp(email).hasStatus(201);
        Answer tokens = shop.signIn(email, Shop.PASSWORD).hasStatus(200);
        refreshToken = tokens.at("/refresh_token");
        Client owner = anonymous.withToken(tokens.at("/access_token"));
        people.put(Who.OWNER, new Customer(owner.get("/api/v1/customers/me").at("/id"), email, owner));
        session = owner.get("/api/v1/customers/me/sessions").hasStatus(200).at("/items/0/id");
        product = owner.sendJson("POST", "/api/v1/catalog/products", aProduct())
                .hasStatus(201)
                .at("/id");
        order = owner.sendJson("POST", "/api/v1/orders", anOrder(product), "Prefer", "wait=30")
                .hasStatus(201)
                .at("/id");
        owner.sendJson("PUT", "/api/v1/cart/items/" + product, Map.of("quantity", 1))
                .hasStatus(200);
        meet(Who.OTHER, familiar, shop::signedInCustomer);
        meet(Who.ADMIN, familiar, () -> admin(shop));
        meet(Who.DEACTIVATED, familiar, () -> deactivated(shop));
        meet(Who.ERASED, familiar, () -> erased(shop));
    }

    private void meet(Who who, Map<Who, Customer> familiar, Supplier<Customer> stranger) {
        Customer known = familiar.get(who);
        people.put(who, known == null ? stranger.get() : known);
    }

    static OwnershipSetup in(Shop shop) {
        return new OwnershipSetup(shop, Map.of());
    }

    /** Another owner with other things, among the same callers. */
    OwnershipSetup anotherOwner(Shop shop) {
        return new OwnershipSetup(shop, people);
    }

    /** Other callers, except those whose accounts are closed. */
    OwnershipSetup otherPeople(Shop shop) {
        Map<Who, Customer> closed = new EnumMap<>(people);
        closed.keySet().retainAll(Set.of(Who.DEACTIVATED, Who.ERASED));
        return new OwnershipSetup(shop, closed);
    }

    private static Customer admin(Shop shop) {
        Customer promoted = shop.signedInCustomer();
        shop.admin()
                .client()
                .sendJson("PUT", "/api/v1/customers/" + promoted.id() + "/role", Map.of("role", "ADMIN"))
                .hasStatus(200);
        return shop.signedIn(promoted.email(), Shop.PASSWORD);
    }

    private static Customer deactivated(Shop shop) {
        Customer customer = shop.signedInCustomer();
        shop.admin()
                .client()
                .sendJson("PATCH", "/api/v1/customers/" + customer.id(), Map.of("status", "DEACTIVATED"))
                .hasStatus(200);
        return customer;
    }

    private static Customer erased(Shop shop) {
        Customer customer = shop.signedInCustomer();
        customer.client().delete("/api/v1/customers/me").hasStatus(204);
        return customer;
    }

    static Map<String, Object> aProduct() {
        return Map.of(
                "title",
                "Thing " + UUID.randomUUID(),
                "description",
                "Made for a test.",
                "category",
                "Tests",
                "price",
                Map.of("amount", 100, "currency", "EUR"),
                "stock",
                1_000);
    }

    static Map<String, Object> anOrder(String product) {
        return Map.of("lines", new Object[] {Map.of("productId", product, "quantity", 1)});
    }

    Client client(Who who) {
        return who == Who.ANONYMOUS ? anonymous : people.get(who).client();
    }

    Customer owner() {
        return people.get(Who.OWNER);
    }

    String ownerId() {
        return owner().id();
    }

    String email() {
        return email;
    }

    String refreshToken() {
        return refreshToken;
    }

    String session() {
        return session;
    }

    String product() {
        return product;
    }

    String order() {
        return order;
    }
}
