package dev.kontor.standalone;

import dev.kontor.standalone.Product.Stock;
import dev.kontor.testsupport.Answer;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A running Kontor, in terms of its users. */
public final class Shop {

    public static final String PASSWORD = "a long enough password";

    private final Client anonymous;
    private Customer seller;
    private Customer admin;

    public Shop(KontorProcess kontor) {
        this(kontor.rest());
    }

    /** @param rest the address of its REST API */
    public Shop(URI rest) {
        this.anonymous = Client.anonymous(rest);
    }

    /** A client that is not signed in. */
    public Client anonymous() {
        return anonymous;
    }

    /** A new one each time. */
    public Customer signedInCustomer() {
        String email = "someone-" + UUID.randomUUID() + "@example.com";
        signUp(email).hasStatus(201);
        return signedIn(email, PASSWORD);
    }

    public Answer signUp(String email) {
        return anonymous.sendJson(
                "POST", "/api/v1/auth/signup", Map.of("email", email, "password", PASSWORD, "name", "Some One"));
    }

    public Answer signIn(String email, String password) {
        return anonymous.sendJson("POST", "/api/v1/auth/signin", Map.of("email", email, "password", password));
    }

    public Customer signedIn(String email, String password) {
        String token = signIn(email, password).hasStatus(200).at("/access_token");
        Client client = anonymous.withToken(
                new RenewedToken(token, () -> tokenWherePossible(email, password), System::nanoTime));
        return new Customer(client.get("/api/v1/customers/me").hasStatus(200).at("/id"), email, client);
    }

    private Optional<String> tokenWherePossible(String email, String password) {
        try {
            Answer answer = signIn(email, password);
            return answer.status() == 200 ? Optional.of(answer.at("/access_token")) : Optional.empty();
        } catch (NoAnswer away) {
            return Optional.empty();
        }
    }

    /** Of the demo. */
    public synchronized Customer admin() {
        if (admin == null) {
            admin = signedIn("admin1@example.com", "testPass123");
        }
        return admin;
    }

    /** The seller of the products that tests order. */
    public synchronized Customer seller() {
        if (seller == null) {
            seller = signedInCustomer();
        }
        return seller;
    }

    public Product listedProduct(long stock) {
        return listedProduct(stock, 1_000);
    }

    public Product listedProduct(long stock, long cents) {
        String title = "Thing " + UUID.randomUUID();
        Map<String, Object> product = Map.of(
                "title",
                title,
                "description",
                "Made for a test.",
                "category",
                "Tests",
                "price",
                Map.of("amount", cents, "currency", "EUR"),
                "stock",
                stock);
        Answer listed = seller().client()
                .sendJson("POST", "/api/v1/catalog/products", product)
                .hasStatus(201);
        return new Product(listed.at("/id"), title, cents);
    }

    public Answer look(Product product) {
        return anonymous.get("/api/v1/catalog/products/" + product.id());
    }

    public Stock stockOf(Product product) {
        Answer shown = look(product).hasStatus(200);
        return new Stock(shown.number("/available"), shown.number("/reserved"));
    }

    public Answer restock(Product product, long change) {
        return seller().client()
                .sendJson("POST", "/api/v1/catalog/products/" + product.id() + "/stock", Map.of("change", change))
                .hasStatus(200);
    }

    public void reprice(Product product, long cents) {
        Map<String, Object> change = Map.of("price", Map.of("amount", cents, "currency", "EUR"));
        seller().client()
                .sendJson("PATCH", "/api/v1/catalog/products/" + product.id(), change)
                .hasStatus(200);
    }

    public void delist(Product product) {
        seller().client().delete("/api/v1/catalog/products/" + product.id()).hasStatus(204);
    }
}
