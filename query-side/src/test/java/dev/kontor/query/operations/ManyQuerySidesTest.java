package dev.kontor.query.operations;

import static dev.kontor.query.Given.confirmed;
import static dev.kontor.query.Given.euros;
import static dev.kontor.query.Given.line;
import static dev.kontor.query.Given.listed;
import static dev.kontor.query.Given.placed;
import static dev.kontor.query.Given.reserved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.kontor.api.cart.CartEvent.CartCleared;
import dev.kontor.api.cart.CartEvent.CartItemPut;
import dev.kontor.api.cart.CartEvent.CartItemRemoved;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.catalog.ProductId;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.operations.StoredJson;
import dev.kontor.api.operations.StoredTypes;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderId;
import dev.kontor.query.QuerySides;
import dev.kontor.query.QuerySides.Member;
import dev.kontor.query.catalog.ProductDocument;
import dev.kontor.query.order.OrderDocument;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.Views;
import dev.kontor.side.operations.Instance;
import dev.kontor.side.operations.Instances;
import dev.kontor.side.operations.SharedTokens;
import dev.kontor.wire.operations.Refused;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManyQuerySidesTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** A rebuild that does not wait for the batch resets the tokens long before this time is over. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private final CustomerId seller = CustomerId.mint();
    private final List<CustomerId> customers = new ArrayList<>();
    private final List<ProductId> products = new ArrayList<>();

    private QuerySides sides;

    @BeforeEach
    void history(@TempDir Path folder) {
        sides = new QuerySides(folder);
        for (int i = 0; i < 20; i++) {
            customers.add(CustomerId.mint());
            products.add(ProductId.mint());
            sides.write(listed(products.getLast(), seller, "Lamp " + i, 100 + i));
        }
        trade();
    }

    @AfterEach
    void close() {
        sides.close();
    }

    private void trade() {
        for (int i = 0; i < 20; i++) {
            ProductId product = products.get(i);
            CustomerId customer = customers.get(i);
            OrderPlaced order = placed(OrderId.mint(), customer, line(product, seller, 1, 100));
            sides.write(
                    new CartItemPut(customer, product, new Quantity(2)),
                    order,
                    reserved(product, order.orderId(), 1, new StockLevel(9, 1)),
                    confirmed(order),
                    new ProductRepriced(product, euros(500 + i)),
                    new CartCleared(customer),
                    new CartItemPut(customer, products.get(19 - i), new Quantity(3)),
                    new StockAdded(product, 1, new StockLevel(10, 1)));
        }
    }

    private void settle(Member member) {
        Processors processors = member.bean(Processors.class);
        for (View view : member.bean(Views.class).all()) {
            await(view.name()).atMost(SOON).until(() -> processors.position(view) == processors.head());
        }
    }

    private void settleAndCompareWithOneThatReadsAlone(Member member) {
        settle(member);
        try (QuerySides beside = sides.beside()) {
            settle(beside.start(1));
            assertThat(sides.documents()).isEqualTo(beside.documents());
        }
    }

    private Build.Progress awaitRebuilt(Member member, View view) {
        Rebuilds rebuilds = member.bean(Rebuilds.class);
        await().atMost(SOON).until(() -> rebuilds.of(view).state() == Build.State.DONE);
        return rebuilds.of(view);
    }

    @Test
    void segments_are_shared_and_one_that_dies_leaves_its_own_to_the_others() {
        Member one = sides.start();
        one.awaitSegments(4);
        trade();
        Member two = sides.start();
        trade();
        two.awaitSegments(2);
        one.awaitSegments(2);
        trade();

        two.cutOff();
        trade();

        one.awaitSegments(4);
        settleAndCompareWithOneThatReadsAlone(one);
    }

    @Test
    void one_that_leaves_lets_go_at_once_and_is_forgotten() {
        Member one = sides.start();
        Member two = sides.start();
        one.awaitSegments(2);
        two.awaitSegments(2);

        two.stop();
        long begin = System.nanoTime();
        one.awaitSegments(4);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(sides.database().getCollection("instances").countDocuments()).isEqualTo(1);
        trade();
        settleAndCompareWithOneThatReadsAlone(one);
    }

    @Test
    void what_is_delivered_again_to_all_of_them_changes_nothing() {
        Member one = sides.start();
        Member two = sides.start();
        one.awaitSegments(2);
        two.awaitSegments(2);
        settle(one);
        var before = sides.documents();
        for (View view : one.bean(Views.class).all()) {
            one.processor(view).shutDown();
            two.processor(view).shutDown();
            one.processor(view).resetTokens();
            one.bean(Processors.class).release(view);
            assertThat(two.bean(Processors.class).position(view)).isZero();
            one.processor(view).start();
            two.processor(view).start();
        }

        settle(two);

        assertThat(sides.documents()).isEqualTo(before);
    }

    @Test
    void a_rebuild_happens_once_for_all_and_any_of_them_tells_how_far_it_is() throws Exception {
        Member one = sides.start();
        Member two = sides.start();
        one.awaitSegments(2);
        two.awaitSegments(2);
        settle(one);
        awaitRebuilt(two, OrderDocument.VIEW);
        sides.database().getCollection("orders").insertOne(new Document("_id", "poison").append("version", 99L));

        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Callable<Boolean>> asks = List.of(() -> begins(one), () -> begins(two));
            List<Boolean> began = new ArrayList<>();
            for (Future<Boolean> answer : both.invokeAll(asks)) {
                began.add(answer.get());
            }
            assertThat(began).containsExactlyInAnyOrder(true, false);
        }
        trade();

        Build.Progress there = awaitRebuilt(one, OrderDocument.VIEW);
        Build.Progress here = awaitRebuilt(two, OrderDocument.VIEW);
        assertThat(there).isEqualTo(here);
        assertThat(here.generation()).isEqualTo(2);
        assertThat(here.done()).isEqualTo(here.total()).isPositive();
        one.awaitSegments(2);
        two.awaitSegments(2);
        settleAndCompareWithOneThatReadsAlone(two);
    }

    @Test
    void a_rebuild_resets_nothing_while_its_leader_still_handles_a_batch() {
        Member member = sides.start();
        settle(member);
        awaitRebuilt(member, OrderDocument.VIEW);
        Processors processors = member.bean(Processors.class);
        CountDownLatch handling = new CountDownLatch(1);
        AtomicBoolean wasReset = new AtomicBoolean();
        member.processor(OrderDocument.VIEW).registerHandlerInterceptor((work, chain) -> {
            if (handling.getCount() > 0) {
                handling.countDown();
                long begin = System.nanoTime();
                while (!wasReset.get() && System.nanoTime() - begin < LATE.toNanos()) {
                    wasReset.set(processors.position(OrderDocument.VIEW) == 0);
                }
            }
            return chain.proceed();
        });

        trade();
        await().atMost(SOON).until(() -> handling.getCount() == 0);
        member.bean(Rebuilds.class).begin(OrderDocument.VIEW);

        assertThat(awaitRebuilt(member, OrderDocument.VIEW).generation()).isEqualTo(2);
        assertThat(wasReset).isFalse();
        settleAndCompareWithOneThatReadsAlone(member);
    }

    @Test
    void a_cart_that_is_emptied_again_is_the_same_in_whatever_batches_it_is_read() {
        Member member = sides.start();
        CustomerId customer = CustomerId.mint();
        sides.write(new CartItemPut(customer, products.getFirst(), new Quantity(1)));
        settle(member);
        sides.write(new CartItemRemoved(customer, products.getFirst()));

        settleAndCompareWithOneThatReadsAlone(member);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop", "createIndexes"})
    void a_rebuild_goes_on_where_the_answer_to_one_of_its_steps_is_lost(String step) {
        Member member = sides.start();
        settle(member);
        awaitRebuilt(member, OrderDocument.VIEW);
        sides.database().getCollection("orders").insertOne(new Document("_id", "poison").append("version", 99L));

        sides.loseTheAnswerTo(step);
        member.bean(Rebuilds.class).begin(OrderDocument.VIEW);

        assertThat(awaitRebuilt(member, OrderDocument.VIEW).generation()).isEqualTo(2);
        assertThat(sides.wasLost()).isTrue();
        settleAndCompareWithOneThatReadsAlone(member);
    }

    private static boolean begins(Member member) {
        try {
            member.bean(Rebuilds.class).begin(OrderDocument.VIEW);
            return true;
        } catch (Refused refused) {
            return false;
        }
    }

    /** Somebody who is alive and does not let go of a segment: the rebuild waits for it. */
    private final class Stubborn {

        private final Instance self = Instance.start("query-side", Clock.systemUTC());
        private final SharedTokens tokens =
                new SharedTokens(sides.database(), "view_tokens", StoredJson.of(StoredTypes.events()), self);
        private final Instances instances = new Instances(sides.database(), self, tokens, Set::of, Clock.systemUTC());

        private Stubborn() {
            instances.start();
            await().atMost(SOON).until(this::claims);
        }

        private boolean claims() {
            try {
                tokens.store().fetchToken(ProductDocument.VIEW.name(), 0);
                return true;
            } catch (UnableToClaimTokenException somebodyElseHasIt) {
                return false;
            }
        }

        private void letGo() {
            tokens.store().releaseClaim(ProductDocument.VIEW.name(), 0);
            instances.close();
        }
    }

    private void beginWhileSomebodyHolds(Member leader, Member other) {
        settle(leader);
        awaitRebuilt(leader, ProductDocument.VIEW);
        sides.database().getCollection("catalog").insertOne(new Document("_id", "poison").append("version", 99L));
        leader.bean(Rebuilds.class).begin(ProductDocument.VIEW);
        await().atMost(SOON)
                .until(() -> !leader.processor(ProductDocument.VIEW).isRunning()
                        && !other.processor(ProductDocument.VIEW).isRunning());
    }

    private Stubborn stubborn(Member... members) {
        for (Member member : members) {
            member.processor(ProductDocument.VIEW).releaseSegment(0, 5, TimeUnit.SECONDS);
        }
        return new Stubborn();
    }

    @Test
    void where_the_leader_of_a_rebuild_dies_another_takes_over() {
        Member leader = sides.start();
        Member other = sides.start();
        leader.awaitSegments(2);
        other.awaitSegments(2);
        Stubborn holding = stubborn(leader, other);
        beginWhileSomebodyHolds(leader, other);
        leader.cutOff();
        holding.letGo();

        Build.Progress done = awaitRebuilt(other, ProductDocument.VIEW);

        assertThat(done.generation()).isEqualTo(2);
        assertThat(sides.database().getCollection("catalog").countDocuments(Filters.eq("_id", "poison")))
                .isZero();
        settleAndCompareWithOneThatReadsAlone(other);
    }

    @Test
    void one_that_joins_while_a_rebuild_waits_obeys() {
        Member leader = sides.start();
        Member other = sides.start();
        leader.awaitSegments(2);
        other.awaitSegments(2);
        Stubborn holding = stubborn(leader, other);
        beginWhileSomebodyHolds(leader, other);
        Member joining = sides.start();
        await().atMost(SOON)
                .until(() -> !joining.processor(ProductDocument.VIEW).isRunning());
        assertThat(joining.bean(Rebuilds.class).of(ProductDocument.VIEW).state())
                .isEqualTo(Build.State.RUNNING);
        assertThatThrownBy(() -> joining.bean(Rebuilds.class).begin(ProductDocument.VIEW))
                .isInstanceOf(Refused.class);
        holding.letGo();

        assertThat(awaitRebuilt(joining, ProductDocument.VIEW).generation()).isEqualTo(2);
        await().atMost(SOON).until(() -> joining.processor(ProductDocument.VIEW).isRunning());
        settleAndCompareWithOneThatReadsAlone(joining);
    }

    private void schemaIs(int schema) {
        sides.database()
                .getCollection("rebuilds")
                .updateOne(Filters.eq("_id", OrderDocument.VIEW.name()), Updates.set("schema", schema));
    }

    @Test
    void a_view_of_an_older_schema_is_rebuilt_once_for_all_by_who_comes_first() {
        Member before = sides.start();
        settle(before);
        awaitRebuilt(before, OrderDocument.VIEW);
        before.stop();
        schemaIs(OrderDocument.VIEW.schema() - 1);
        sides.database().getCollection("orders").insertOne(new Document("_id", "poison").append("version", 99L));

        Member one = sides.start();
        Member two = sides.start();

        assertThat(awaitRebuilt(one, OrderDocument.VIEW).generation()).isEqualTo(2);
        assertThat(awaitRebuilt(two, OrderDocument.VIEW).generation()).isEqualTo(2);
        assertThat(awaitRebuilt(two, ProductDocument.VIEW).generation()).isEqualTo(1);
        await().atMost(SOON).until(() -> one.bean(SharedRebuilds.class).areAllShown());
        trade();
        settleAndCompareWithOneThatReadsAlone(two);
    }

    @Test
    void an_instance_that_makes_other_documents_than_are_there_does_not_feed_the_view() {
        Member one = sides.start();
        settle(one);
        awaitRebuilt(one, OrderDocument.VIEW);

        schemaIs(OrderDocument.VIEW.schema() + 1);
        await().atMost(SOON).until(() -> !one.processor(OrderDocument.VIEW).isRunning());
        assertThat(one.processor(ProductDocument.VIEW).isRunning()).isTrue();

        schemaIs(OrderDocument.VIEW.schema());
        await().atMost(SOON).until(() -> one.processor(OrderDocument.VIEW).isRunning());
        settleAndCompareWithOneThatReadsAlone(one);
    }
}
