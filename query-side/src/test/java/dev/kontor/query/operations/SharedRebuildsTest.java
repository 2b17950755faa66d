package dev.kontor.query.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.query.QuerySides.Member;
import dev.kontor.query.catalog.ProductDocument;
import dev.kontor.query.order.OrderDocument;
import dev.kontor.side.platform.ClusterMember;
import dev.kontor.side.platform.ClusterMembers;
import dev.kontor.side.platform.SharedTokens;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedRebuildsTest extends SharedHistory {

    /** Much longer than a rebuild takes to reset the tokens. */
    private static final Duration LATE = Duration.ofSeconds(2);

    @Test
    void a_rebuild_happens_once_for_all_instances_and_each_reports_its_progress() throws Exception {
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

        ViewBuild.Progress there = awaitRebuilt(one, OrderDocument.VIEW);
        ViewBuild.Progress here = awaitRebuilt(two, OrderDocument.VIEW);
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
        member.bean(Rebuilds.class).begin(OrderDocument.VIEW, Rebuilds.Plan.USUAL);

        assertThat(awaitRebuilt(member, OrderDocument.VIEW).generation()).isEqualTo(2);
        assertThat(wasReset).isFalse();
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
        member.bean(Rebuilds.class).begin(OrderDocument.VIEW, Rebuilds.Plan.USUAL);

        assertThat(awaitRebuilt(member, OrderDocument.VIEW).generation()).isEqualTo(2);
        assertThat(sides.wasLost()).isTrue();
        settleAndCompareWithOneThatReadsAlone(member);
    }

    private static boolean begins(Member member) {
        try {
            member.bean(Rebuilds.class).begin(OrderDocument.VIEW, Rebuilds.Plan.USUAL);
            return true;
        } catch (RefusedException refused) {
            return false;
        }
    }

    /** A live instance that does not release a segment: the rebuild waits for it. */
    private final class Stubborn {

        private final ClusterMember self = ClusterMember.start("query-side", Clock.systemUTC());
        private final SharedTokens tokens =
                new SharedTokens(sides.database(), "view_tokens", StoredJson.of(StoredTypes.events()), self);
        private final ClusterMembers instances =
                new ClusterMembers(sides.database(), self, tokens, Set::of, Clock.systemUTC());

        private Stubborn() {
            instances.start();
            await().atMost(SOON).until(this::claims);
        }

        private boolean claims() {
            try {
                tokens.store().fetchToken(ProductDocument.VIEW.name(), 0);
                return true;
            } catch (UnableToClaimTokenException claimedElsewhere) {
                return false;
            }
        }

        private void letGo() {
            tokens.store().releaseClaim(ProductDocument.VIEW.name(), 0);
            instances.close();
        }
    }

    private void beginWhileASegmentIsHeld(Member leader, Member other) {
        settle(leader);
        awaitRebuilt(leader, ProductDocument.VIEW);
        sides.database().getCollection("catalog").insertOne(new Document("_id", "poison").append("version", 99L));
        leader.bean(Rebuilds.class).begin(ProductDocument.VIEW, Rebuilds.Plan.USUAL);
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
        beginWhileASegmentIsHeld(leader, other);
        leader.cutOff();
        holding.letGo();

        ViewBuild.Progress done = awaitRebuilt(other, ProductDocument.VIEW);

        assertThat(done.generation()).isEqualTo(2);
        assertThat(sides.database().getCollection("catalog").countDocuments(Filters.eq("_id", "poison")))
                .isZero();
        settleAndCompareWithOneThatReadsAlone(other);
    }

    @Test
    void an_instance_that_joins_while_a_rebuild_waits_takes_part() {
        Member leader = sides.start();
        Member other = sides.start();
        leader.awaitSegments(2);
        other.awaitSegments(2);
        Stubborn holding = stubborn(leader, other);
        beginWhileASegmentIsHeld(leader, other);
        Member joining = sides.start();
        await().atMost(SOON)
                .until(() -> !joining.processor(ProductDocument.VIEW).isRunning());
        assertThat(joining.bean(Rebuilds.class).of(ProductDocument.VIEW).state())
                .isEqualTo(ViewBuild.State.RUNNING);
        assertThatThrownBy(() -> joining.bean(Rebuilds.class).begin(ProductDocument.VIEW, Rebuilds.Plan.USUAL))
                .isInstanceOf(RefusedException.class);
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
    void a_view_of_an_older_schema_is_rebuilt_once_by_the_first_instance() {
        Member before = sides.start();
        settle(before);
        awaitRebuilt(before, OrderDocument.VIEW);
        before.stop();
        schemaIs(OrderDocument.VIEW.schema() - 1);
        sides.database().getCollection("order_lists").insertOne(new Document("_id", "customer/1"));
        sides.database().getCollection("orders").insertOne(new Document("_id", "poison").append("version", 99L));

        Member one = sides.start();
        Member two = sides.start();

        assertThat(awaitRebuilt(one, OrderDocument.VIEW).generation()).isEqualTo(2);
        assertThat(awaitRebuilt(two, OrderDocument.VIEW).generation()).isEqualTo(2);
        assertThat(awaitRebuilt(two, ProductDocument.VIEW).generation()).isEqualTo(1);
        assertThat(sides.database().listCollectionNames()).doesNotContain("order_lists");
        await().atMost(SOON).until(() -> one.bean(SharedRebuilds.class).areAllShown());
        trade();
        settleAndCompareWithOneThatReadsAlone(two);
    }

    @Test
    void an_instance_of_another_schema_does_not_write_to_the_view() {
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
