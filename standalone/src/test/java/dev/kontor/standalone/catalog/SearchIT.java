package dev.kontor.standalone.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Product.Line;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search finds a text however it is typed, and does not delay other requests. */
@OnSharedKontor
class SearchIT {

    private static final String PRODUCTS = "/api/v1/catalog/products";

    private final Shop shop;
    /** Of letters that are the same in every form. */
    private final String mark = UUID.randomUUID().toString().substring(24);

    SearchIT(Shop shop) {
        this.shop = shop;
    }

    private Answer find(Client client, String path, String search) {
        return client.get(path + "?search=" + URLEncoder.encode(search, StandardCharsets.UTF_8));
    }

    private void lists(String title, String description, String category) {
        shop.seller()
                .client()
                .sendJson(
                        "POST",
                        PRODUCTS,
                        Map.of(
                                "title",
                                title,
                                "description",
                                description,
                                "category",
                                category,
                                "price",
                                Map.of("amount", 100, "currency", "EUR"),
                                "stock",
                                1))
                .hasStatus(201);
    }

    @Test
    void a_product_is_found_however_its_text_is_typed() {
        String title = "Caf\u00E9 \uFB01ne \uFF11\uFF12\u00A0kg Stra\u00DFe \u0130zmir " + mark;
        lists(title, "\uFDFA first line\nsecond line", "Caf\u00E9 " + mark);

        for (String typed : List.of(
                "cafe\u0301 fine",
                "CAF\u00C9 \uFB01NE",
                "fine 12 kg",
                "\uFF11\uFF12 kg strasse",
                "STRASSE izmir " + mark.toUpperCase(Locale.ROOT))) {
            assertThat(find(shop.anonymous(), PRODUCTS, typed).hasStatus(200).items())
                    .as(typed)
                    .extracting(item -> item.get("title").asString())
                    .contains(title);
        }
        assertThat(find(shop.anonymous(), PRODUCTS, "LINE second")
                        .hasStatus(200)
                        .items())
                .extracting(item -> item.get("title").asString())
                .contains(title);
        assertThat(shop.anonymous()
                        .get(PRODUCTS + "?category="
                                + URLEncoder.encode("cafe\u0301\u00A0" + mark, StandardCharsets.UTF_8))
                        .hasStatus(200)
                        .items())
                .extracting(item -> item.get("title").asString())
                .containsExactly(title);
    }

    @Test
    void an_admin_finds_a_customer_however_the_name_is_typed() {
        Customer customer = shop.signedInCustomer();
        customer.client()
                .sendJson("PATCH", "/api/v1/customers/me", Map.of("name", "Ren\u00E9 \uFB01ne " + mark))
                .hasStatus(200);

        for (String typed : List.of("RENE\u0301 fine " + mark, "\uFF32en\u00E9 \uFB01NE\u00A0" + mark)) {
            assertThat(find(shop.admin().client(), "/api/v1/customers", typed)
                            .hasStatus(200)
                            .items())
                    .as(typed)
                    .extracting(item -> item.get("id").asString())
                    .containsExactly(customer.id());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"search=%00", "search=bell%07", "category=%00", "category=%C2%85"})
    void invalid_characters_are_refused_and_named(String query) {
        Answer refused = shop.anonymous().get(PRODUCTS + "?" + query).isProblem(400, "invalid-request");

        assertThat(refused.at("/errors/0/field")).isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void thirty_searches_at_once_end_and_an_order_goes_on() {
        Customer buyer = shop.signedInCustomer();
        Product thing = shop.listedProduct(3);
        Callable<Answer> search = () -> find(shop.anonymous(), PRODUCTS, "nothing is called so");
        Callable<Answer> order = () -> buyer.orders(new Line(thing.id(), 1));
        List<Callable<Answer>> acts = Stream.concat(
                        Stream.generate(() -> search).limit(30), Stream.of(order))
                .toList();

        List<Answer> answers = ParallelClients.share(acts.size(), acts, Duration.ofSeconds(120));

        answers.getLast().hasStatus(201);
        assertThat(buyer.allOrders()).hasSize(1);
        assertThat(answers.subList(0, 30)).allSatisfy(answer -> {
            if (answer.status() == 200) {
                assertThat(answer.items()).isEmpty();
            } else {
                answer.isProblem(503, "overloaded");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
            }
        });
    }
}
