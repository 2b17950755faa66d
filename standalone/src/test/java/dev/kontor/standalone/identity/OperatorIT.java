package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The token of the tools on the machine: an admin's, and of no customer. */
@OnSharedKontor
class OperatorIT {

    private static final String ANY_ID = "00000000-0000-4000-8000-000000000000";
    private static final String PRODUCT =
            "{\"title\":\"T\",\"category\":\"C\",\"stock\":1,\"price\":{\"amount\":1,\"currency\":\"EUR\"}}";

    private final Shop shop;
    private final KontorProcess kontor;
    private Client operator;

    OperatorIT(Shop shop, KontorProcess kontor) {
        this.shop = shop;
        this.kontor = kontor;
    }

    @BeforeEach
    void read_the_token() throws IOException {
        String token = new JsonMapper()
                .readTree(Files.readString(kontor.data().resolve("operator.token")))
                .get("token")
                .asString();
        operator = shop.anonymous().withToken(token);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /api/v1/customers/me | {}",
                "PATCH | /api/v1/customers/me | {\"name\":\"Operator\"}",
                "DELETE | /api/v1/customers/me | {}",
                "GET | /api/v1/customers/me/export | {}",
                "GET | /api/v1/customers/me/sessions | {}",
                "DELETE | /api/v1/customers/me/sessions | {}",
                "DELETE | /api/v1/customers/me/sessions/" + ANY_ID + " | {}",
                "POST | /api/v1/customers/me/password | {\"currentPassword\":\"a long one\",\"newPassword\":\"a longer one\"}",
                "GET | /api/v1/cart | {}",
                "DELETE | /api/v1/cart | {}",
                "PUT | /api/v1/cart/items/" + ANY_ID + " | {\"quantity\":1}",
                "DELETE | /api/v1/cart/items/" + ANY_ID + " | {}",
                "POST | /api/v1/cart/checkout | {}",
                "GET | /api/v1/orders | {}",
                "GET | /api/v1/orders?as=seller | {}",
                "POST | /api/v1/orders | {\"lines\":[{\"productId\":\"" + ANY_ID + "\",\"quantity\":1}]}",
                "POST | /api/v1/orders/" + ANY_ID + "/cancel | {}",
                "POST | /api/v1/catalog/products | " + PRODUCT,
                "PATCH | /api/v1/catalog/products/" + ANY_ID + " | {}",
                "DELETE | /api/v1/catalog/products/" + ANY_ID + " | {}",
                "POST | /api/v1/catalog/products/" + ANY_ID + "/stock | {\"change\":1}"
            })
    void the_operator_has_no_customer_data(String method, String path, String body) {
        operator.sendJson(method, path, body).isProblem(403, "forbidden");
    }

    @Test
    void the_operator_repeats_an_act_with_its_key() {
        Answer first = operator.post("/api/v1/admin/signing-keys", "Idempotency-Key", "operator's")
                .hasStatus(201);

        Answer again = operator.post("/api/v1/admin/signing-keys", "Idempotency-Key", "operator's")
                .hasStatus(201);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void the_operator_sees_what_admins_see() {
        String id = shop.signedInCustomer().id();

        operator.get("/api/v1/customers/" + id).hasStatus(200);
        operator.get("/api/v1/orders?all=true").hasStatus(200);
        operator.get("/api/v1/orders?customer=" + id).hasStatus(200);
        operator.get("/api/v1/orders?customer=nobody").isProblem(404, "customer-not-found");
        operator.get("/api/v1/admin/views").hasStatus(200);
    }
}
