package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Stock;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any input is answered with a problem that states the reason, changes nothing, and is no internal error. */
@OnSharedKontor
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputIT {

    private static final String ANY_ID = "00000000-0000-4000-8000-000000000000";
    private static final String ORDERS = "/api/v1/orders";

    private final Shop shop;
    private final KontorProcess kontor;
    private final int saidBefore;
    private final Customer buyer;
    private final Client client;
    private final Product thing;

    HostileInputIT(Shop shop, KontorProcess kontor) {
        this.shop = shop;
        this.kontor = kontor;
        this.saidBefore = kontor.output().length();
        this.buyer = shop.signedInCustomer();
        this.client = buyer.client();
        this.thing = shop.listedProduct(5);
    }

    @AfterEach
    void no_data_has_changed_and_no_error_was_logged() {
        assertThat(buyer.allOrders()).isEmpty();
        assertThat(buyer.cart()).isEmpty();
        assertThat(shop.stockOf(thing)).isEqualTo(new Stock(5, 0));
        assertThat(kontor.output().substring(saidBefore)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "1000000000000", "1000001", "\"5\"", "1.5", "null", "[]", "99999999999999999999"})
    void an_invalid_quantity_is_refused_and_named(String quantity) {
        Answer order = order("{\"productId\":\"" + thing.id() + "\",\"quantity\":" + quantity + "}");
        Answer cart = client.sendJson("PUT", "/api/v1/cart/items/" + thing.id(), "{\"quantity\":" + quantity + "}");

        order.isProblem(400, "invalid-request");
        assertThat(order.at("/errors/0/field")).isEqualTo("lines[0].quantity");
        cart.isProblem(400, "invalid-request");
        assertThat(cart.at("/errors/0/field")).isEqualTo("quantity");
    }

    @Test
    void a_missing_quantity_is_refused_and_named() {
        Answer order = order("{\"productId\":\"" + thing.id() + "\"}").isProblem(400, "invalid-request");

        assertThat(order.at("/errors/0/field")).isEqualTo("lines[0].quantity");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"lines\":[]}",
                "{\"lines\":null}",
                "{\"lines\":[null]}",
                "{\"lines\":3}",
                "[]",
                "7",
                "{}{}"
            })
    void an_order_without_lines_is_refused(String body) {
        client.sendJson("POST", ORDERS, body).isProblem(400, "invalid-request");
    }

    @Test
    void too_many_lines_are_refused() {
        String line = "{\"productId\":\"" + thing.id() + "\",\"quantity\":1}";
        String[] lines = new String[101];
        Arrays.fill(lines, line);

        order(lines).isProblem(400, "invalid-request");
    }

    @Test
    void a_list_of_a_megabyte_is_refused_with_a_short_answer() {
        String[] lines = new String[349_000];
        Arrays.fill(lines, "{}");

        Answer refused = order(lines).isProblem(400, "invalid-request");

        assertThat(refused.body()).hasSizeLessThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"productId\":\"\u20AC\",\"quantity\":-1}", "{\"productId\":\"p\",\"quantity\":0}"})
    void a_hundred_invalid_lines_are_answered_with_the_first_twenty_and_a_count(String line) {
        String[] lines = new String[100];
        Arrays.fill(lines, line);

        Answer refused = order(lines).isProblem(400, "invalid-request");

        assertThat(refused.json().at("/errors")).hasSize(20);
        assertThat(refused.number("/moreErrors")).isEqualTo(180);
    }

    @Test
    void a_hundred_unknown_products_are_answered_with_the_first_twenty_and_a_count() {
        String[] lines = new String[100];
        Arrays.setAll(lines, i -> "{\"productId\":\"" + UUID.randomUUID() + "\",\"quantity\":1}");

        Answer refused = order(lines).isProblem(422, "unknown-product");

        assertThat(refused.json().at("/errors")).hasSize(20);
        assertThat(refused.number("/moreErrors")).isEqualTo(80);
    }

    @Test
    void a_product_that_does_not_exist_cannot_be_ordered() {
        order("{\"productId\":\"" + ANY_ID + "\",\"quantity\":1}").isProblem(422, "unknown-product");
        order("{\"productId\":\"no id at all\",\"quantity\":1}").isProblem(400, "invalid-request");
        client.sendJson("PUT", "/api/v1/cart/items/" + ANY_ID, "{\"quantity\":1}")
                .isProblem(404, "product-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"lines\":[}", "{lines:[]}", "\u0000", "{\"lines\":[],\"lines\":[]}", ""})
    void a_body_that_is_not_json_is_refused(String body) {
        client.sendJson("POST", ORDERS, body).isProblem(400, "malformed-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "nonsense"})
    void another_content_type_is_refused(String type) {
        client.send("POST", ORDERS, BodyPublishers.ofString("{\"lines\":[]}"), "Content-Type", type)
                .isProblem(415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quantity: 2.9", "quantity: 0x10", "quantity: 017", "quantity: 1\n---\nquantity: 2"})
    void yaml_is_refused(String quantity) {
        client.send(
                        "PUT",
                        "/api/v1/cart/items/" + thing.id(),
                        BodyPublishers.ofString(quantity),
                        "Content-Type",
                        "application/yaml")
                .isProblem(415, "unsupported-media-type");
        client.get("/api/v1/cart", "Accept", "application/yaml").isProblem(406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/nothing", "/api/v2/orders", "/api/v1/orders/x/y", "/nothing", "/api/v1/auth/nothing"})
    void an_unknown_path_is_not_found(String path) {
        client.get(path).isProblem(404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-id", ANY_ID, "%00", "..%2f..", "<script>", "' or 1=1", "$where"})
    void an_unknown_id_is_not_found(String id) {
        String path =
                id.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20").replace("'", "%27");

        for (Answer answer :
                new Answer[] {client.get(ORDERS + "/" + path), client.get("/api/v1/catalog/products/" + path)}) {
            assertThat(answer.status()).as(answer.body()).isIn(400, 404);
            answer.isProblem(answer.status(), answer.at("/type").replace("urn:kontor:problem:", ""));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/v1/orders",
        "PUT, /api/v1/orders",
        "GET, /api/v1/cart/checkout",
        "POST, /api/v1/cart",
        "GET, /api/v1/auth/signin"
    })
    void the_answer_to_a_wrong_method_names_the_allowed_ones(String method, String path) {
        Answer refused = client.sendJson(method, path, "{}").isProblem(405, "method-not-allowed");

        assertThat(refused.header("Allow")).isNotEmpty().doesNotContain(method);
    }

    @Test
    void a_body_of_two_megabytes_is_refused_announced_or_not() {
        byte[] body = new byte[2 << 20];
        Arrays.fill(body, (byte) ' ');

        client.send("POST", ORDERS, BodyPublishers.ofByteArray(body), "Content-Type", "application/json")
                .isProblem(413, "payload-too-large");
        client.send(
                        "POST",
                        ORDERS,
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
                        "Content-Type",
                        "application/json")
                .isProblem(413, "payload-too-large");
        client.send("GET", ORDERS, BodyPublishers.ofByteArray(body)).isProblem(413, "payload-too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pageSize=0",
                "pageSize=-1",
                "pageSize=101",
                "pageSize=many",
                "pageSize=99999999999",
                "pageSize=0x10",
                "pageSize=%D9%A5",
                "pageToken=guessed"
            })
    void an_invalid_page_is_refused(String query) {
        for (String list : new String[] {ORDERS, "/api/v1/catalog/products"}) {
            Answer refused = client.get(list + "?" + query).isProblem(400, "invalid-request");
            assertThat(refused.at("/errors/0/field")).isEqualTo(query.substring(0, query.indexOf('=')));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=NEW", "as=admin", "all=perhaps", "all=1", "all=yes"})
    void an_invalid_filter_is_refused(String query) {
        client.get(ORDERS + "?" + query).isProblem(400, "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":-1,\"currency\":\"EUR\"}",
                "{\"amount\":1.5,\"currency\":\"EUR\"}",
                "{\"amount\":10000000001,\"currency\":\"EUR\"}",
                "{\"amount\":1,\"currency\":\"Euro\"}",
                "{\"amount\":1}",
                "null"
            })
    void an_invalid_price_is_refused(String price) {
        client.sendJson(
                        "POST",
                        "/api/v1/catalog/products",
                        "{\"title\":\"T\",\"category\":\"C\",\"stock\":1,\"price\":" + price + "}")
                .isProblem(400, "invalid-request");
    }

    private Answer order(String... lines) {
        return client.sendJson("POST", ORDERS, "{\"lines\":[" + String.join(",", lines) + "]}", "Prefer", "wait=30");
    }
}
