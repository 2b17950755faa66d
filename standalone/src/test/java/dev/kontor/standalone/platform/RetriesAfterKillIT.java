package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.ToolProcess;
import dev.kontor.standalone.WithKontor;
import dev.kontor.standalone.platform.KeyedPost.Counted;
import dev.kontor.standalone.platform.KeyedPost.Scene;
import dev.kontor.testsupport.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A repeat after {@code kill -9} gets the answer that was given before, and has no further effect. */
class RetriesAfterKillIT extends WithKontor {

    private static final Map<String, String> DEMO = Map.of("KONTOR_DEMO", "true");

    /** @param count of effects after the first answer */
    private record Sent(KeyedPost post, Scene scene, String key, Answer answer, long count) {}

    private Sent send(KeyedPost post) {
        Scene scene = post.scene(shop);
        String key = "key-" + UUID.randomUUID();
        Answer answer = post.send(shop, scene, key);
        return new Sent(post, scene, key, answer, post.count(shop, scene));
    }

    @Test
    void repeats_after_a_kill_get_the_answers_of_before() throws Exception {
        start(data(), DEMO);
        List<Sent> before = new ArrayList<>();
        KeyedPost.ALL.forEach(post -> before.add(send(post)));
        List<Customer> buyers =
                IntStream.range(0, 5).mapToObj(i -> shop.signedInCustomer()).toList();
        Product thing = shop.listedProduct(100);
        Map<String, Object> order = Map.of("lines", List.of(thing.times(1)));
        buyers.forEach(buyer -> buyer.client()
                .sendJson("POST", "/api/v1/orders", order, "Idempotency-Key", "open", "Prefer", "respond-async")
                .hasStatus(202));
        kontor.kill();
        kontor.close();

        start(data(), DEMO);
        for (Sent sent : before) {
            Answer again = sent.post().send(shop, sent.scene(), sent.key());

            assertThat(again.status())
                    .as(sent.post().toString())
                    .isEqualTo(sent.answer().status());
            assertThat(again.body()).isEqualTo(sent.answer().body());
            assertThat(again.header("ETag")).isEqualTo(sent.answer().header("ETag"));
            assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
            sent.post().sendOther(shop, sent.scene(), sent.key()).isProblem(422, "idempotency-key-reused");
            // The standalone process numbers the generations of views from each start.
            if (sent.post().counted() != Counted.GENERATION) {
                assertThat(sent.post().count(shop, sent.scene())).isEqualTo(sent.count());
            }
        }
        for (Customer buyer : buyers) {
            Customer again = buyer.at(shop);
            Answer told = again.client()
                    .sendJson("POST", "/api/v1/orders", order, "Idempotency-Key", "open", "Prefer", "wait=30")
                    .hasStatus(201);
            assertThat(told.header("Idempotent-Replayed")).isEqualTo("true");
            assertThat(again.allOrders()).hasSize(1);
        }
        assertThat(ToolProcess.run("audit", "--data", data())).startsWith("CLEAN");
    }
}
