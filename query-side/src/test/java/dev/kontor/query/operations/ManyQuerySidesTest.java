package dev.kontor.query.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.api.cart.CartEvent.CartItemPut;
import dev.kontor.api.cart.CartEvent.CartItemRemoved;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.query.QuerySides.Member;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.Views;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyQuerySidesTest extends SharedHistory {

    @Test
    void segments_are_shared_and_those_of_a_dead_instance_pass_to_the_others() {
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
    void a_leaving_instance_releases_its_segments_at_once() {
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
    void events_that_are_delivered_again_change_nothing() {
        Member one = sides.start();
        Member two = sides.start();
        one.awaitSegments(2);
        two.awaitSegments(2);
        settle(one);
        var before = sides.documents();
        for (View view : one.bean(Views.class).stored()) {
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
    void a_rebuild_of_a_view_that_each_instance_has_happens_on_all_of_them() {
        Member one = sides.start();
        Member two = sides.start();
        settle(one);
        settle(two);
        View search = one.bean(Views.class).of("product-search");

        one.bean(Rebuilds.class).begin(search, Rebuilds.Plan.USUAL);

        for (Member member : List.of(one, two)) {
            await().atMost(SOON).until(() -> {
                ViewBuild.Progress build = member.bean(Rebuilds.class).of(search);
                return build.generation() == 2 && build.state() == ViewBuild.State.DONE;
            });
            assertThat(member.bean(Processors.class).position(search)).isPositive();
        }
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
}
