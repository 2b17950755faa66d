package dev.kontor.query.operations;

import static dev.kontor.query.Given.listed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.query.BreakableViewStore;
import dev.kontor.query.TestQuerySide;
import dev.kontor.query.platform.Generations;
import dev.kontor.query.platform.Slot;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.Views;
import dev.kontor.side.platform.DeadLetters;
import dev.kontor.side.platform.LetterPolicy;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Views with events that they cannot show. */
class DeadLettersTest {

    private static final String CATALOG = "catalog";
    private static final String SEARCH = "product-search";
    private static final int BOUND = 1_024;

    private final TestQuerySide side = TestQuerySide.apart("dead-letters-" + System.nanoTime());
    private final BreakableViewStore store = side.bean(BreakableViewStore.class);
    private final DeadLetters letters = side.bean(DeadLetters.class);
    private final ProductId lamp = ProductId.mint();
    private final ProductId desk = ProductId.mint();

    @AfterEach
    void mend() {
        store.isMended();
    }

    private static Object listing(ProductId product) {
        return listed(product, CustomerId.mint(), new Description("Lamp", "", "Light"), 100);
    }

    private static Object priced(ProductId product, long amount) {
        return new ProductRepriced(product, new Money(amount, "EUR"));
    }

    private long price(ProductId product) {
        return side.document(CATALOG, product.value())
                .get("price", Document.class)
                .getLong("amount");
    }

    private List<DeadLetter<? extends EventMessage<?>>> of(ProductId product) {
        return StreamSupport.stream(
                        letters.queue(CATALOG)
                                .deadLetterSequence(product.value())
                                .spliterator(),
                        false)
                .toList();
    }

    @Test
    void what_cannot_be_written_is_put_aside_with_what_follows_it_and_other_products_are_shown() {
        side.happened(listing(lamp), listing(desk));
        store.breaksAt(lamp.value());

        side.happened(priced(desk, 200), priced(lamp, 200), priced(desk, 300), priced(lamp, 300));

        assertThat(price(desk)).isEqualTo(300);
        assertThat(price(lamp)).isEqualTo(100);
        assertThat(of(lamp)).hasSize(2);
        assertThat(of(lamp).getFirst().cause().map(Cause::type)).hasValue(IllegalStateException.class.getName());
        assertThat(of(lamp).getFirst().cause().map(Cause::message)).hasValue("… cannot be written");
        assertThat(of(lamp).getFirst().diagnostics())
                .containsEntry(LetterPolicy.ATTEMPTS, "1")
                .hasEntrySatisfying(
                        LetterPolicy.FRAME,
                        frame -> assertThat(frame.toString())
                                .startsWith(BreakableViewStore.class.getName() + ".apply:"));
        assertThat(of(lamp).getLast().cause()).as("it only follows").isEmpty();
        assertThat(letters.queue(CATALOG).size()).isEqualTo(2);
    }

    @Test
    void letters_are_retried_in_their_order_until_one_fails() {
        side.happened(listing(lamp));
        store.breaksAt(lamp.value());
        side.happened(priced(lamp, 200), priced(lamp, 300));

        assertThat(letters.retry(CATALOG, lamp.value())).isFalse();
        assertThat(of(lamp)).hasSize(2);
        assertThat(of(lamp).getFirst().diagnostics()).containsEntry(LetterPolicy.ATTEMPTS, "2");

        store.isMended();
        assertThat(letters.retry(CATALOG, lamp.value())).isTrue();

        assertThat(of(lamp)).isEmpty();
        assertThat(price(lamp)).isEqualTo(300);
        side.happened(priced(lamp, 400));
        assertThat(price(lamp)).isEqualTo(400);
    }

    @Test
    void the_search_index_puts_aside_what_it_cannot_show() {
        ProductId unknown = ProductId.mint();
        side.happened(priced(unknown, 100), listing(lamp), priced(unknown, 200));

        assertThat(letters.queue(SEARCH).sequenceSize(unknown.value())).isEqualTo(2);
        assertThat(letters.queue(SEARCH).size()).isEqualTo(2);
        assertThat(letters.retry(SEARCH, unknown.value())).isFalse();
        assertThat(letters.queue(SEARCH).sequenceSize(unknown.value())).isEqualTo(2);
    }

    @Test
    void half_of_the_bound_is_an_alarm_and_after_it_the_view_stops() {
        write(BOUND / 2 - 1);
        assertThat(letters.fills().get(CATALOG).isAlarming()).isFalse();

        write(1);
        assertThat(letters.fills().get(CATALOG).isAlarming()).isTrue();
        write(BOUND / 2);
        assertThat(letters.fills().get(CATALOG).sequences()).isEqualTo(BOUND);

        side.write(priced(ProductId.mint(), 100), listing(desk));
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(10))
                .until(() -> side.document(CATALOG, desk.value()) == null);
        for (String queue : List.of(CATALOG, SEARCH)) {
            letters.queue(queue)
                    .evict(letters.queue(queue)
                            .deadLetters()
                            .iterator()
                            .next()
                            .iterator()
                            .next());
        }

        // Axon waits longer after each failure.
        await().atMost(Duration.ofMinutes(3)).until(() -> side.document(CATALOG, desk.value()) != null);
    }

    private View catalog() {
        return side.bean(Views.class).of(CATALOG);
    }

    private void rebuild() {
        side.bean(Rebuilds.class).begin(catalog(), Rebuilds.Plan.USUAL);
    }

    private OtherGeneration other() {
        return side.bean(Rebuilds.class).other(catalog());
    }

    private void awaitsBuild(ViewBuild.State state) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> side.bean(Rebuilds.class).of(catalog()).state() == state);
    }

    @Test
    void a_switch_ends_the_letters_and_the_generation_that_had_them() {
        side.happened(listing(lamp));
        store.breaksAt(lamp.value());
        side.happened(priced(lamp, 200));
        assertThat(of(lamp)).hasSize(1);

        rebuild();
        awaitsBuild(ViewBuild.State.DONE);

        assertThat(of(lamp)).isEmpty();
        assertThat(store.generations(catalog()).live()).isEqualTo(Slot.SECOND);
        assertThat(store.generations(catalog()).state()).isEqualTo(Generations.State.NONE);
        assertThat(other()).isEqualTo(OtherGeneration.NONE);
        store.each(catalog().documents().getFirst(), Slot.FIRST, null, document -> fail("is not deleted"));
        assertThat(price(lamp)).isEqualTo(200);
        side.happened(priced(lamp, 300));
        assertThat(price(lamp)).isEqualTo(300);
    }

    @Test
    void a_build_is_held_up_by_an_event_that_it_cannot_handle_and_shows_why() {
        side.happened(listing(lamp), listing(desk), priced(lamp, 200));
        store.breaksAt(lamp.value(), Slot.SECOND);

        rebuild();

        await().atMost(Duration.ofMinutes(1)).until(() -> other().failure() != null);
        assertThat(other().failure())
                .matches("ProductListed at position \\d+: java.lang.IllegalStateException: … cannot be written at "
                        + BreakableViewStore.class.getName() + ".apply:\\d+");
        assertThat(other().state()).isEqualTo(Generations.State.BUILDING);
        side.happened(priced(lamp, 300));
        assertThat(price(lamp)).as("of the live generation").isEqualTo(300);
        assertThat(letters.queue(CATALOG).size()).isZero();

        store.isMended();
        awaitsBuild(ViewBuild.State.DONE);

        assertThat(other().state()).isEqualTo(Generations.State.PREVIOUS);
        assertThat(other().failure()).isNull();
        assertThat(price(lamp)).isEqualTo(300);
    }

    /** So many events of products that were never listed. */
    private void write(int count) {
        int before = letters.fills().get(CATALOG).sequences();
        side.write(IntStream.range(0, count)
                .mapToObj(product -> priced(ProductId.mint(), 100))
                .toArray());
        for (String queue : List.of(CATALOG, SEARCH)) {
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> letters.fills().get(queue).sequences() == before + count);
        }
    }
}
