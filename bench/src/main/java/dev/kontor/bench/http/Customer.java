package dev.kontor.bench.http;

import dev.kontor.bench.http.ShopClient.Answer;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.core5.http.Method;

/** An account that is signed in. */
final class Customer {

    private static final String PASSWORD = "a long secret";

    private final String email;
    private volatile String authorization;
    private String refreshToken;

    private Customer(String email) {
        this.email = email;
    }

    static Customer signUp(ShopClient http, String email) throws IOException {
        Customer customer = new Customer(email);
        Json.of(
                http.send(
                        Method.POST,
                        "/api/v1/auth/signup",
                        null,
                        "{\"email\":\"%s\",\"password\":\"%s\",\"name\":\"Bench\"}".formatted(email, PASSWORD)),
                201);
        customer.signIn(http);
        return customer;
    }

    private void signIn(ShopClient http) throws IOException {
        take(http.send(
                Method.POST,
                "/api/v1/auth/signin",
                null,
                "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, PASSWORD)));
    }

    /** Replaces the tokens; a shop without refresh tokens has access tokens that last longer than a run. */
    void refresh(URI address) throws IOException {
        if (refreshToken == null) {
            return;
        }
        try (ShopClient http = new ShopClient(address)) {
            take(http.send(
                    Method.POST, "/api/v1/auth/refresh", null, "{\"refresh_token\":\"%s\"}".formatted(refreshToken)));
        }
    }

    private void take(Answer tokens) {
        var json = Json.of(tokens, 200);
        authorization = "Bearer " + json.required("access_token").asString();
        refreshToken = json.path("refresh_token").asString(null);
    }

    String authorization() {
        return authorization;
    }
}
