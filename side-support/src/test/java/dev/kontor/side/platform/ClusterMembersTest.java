package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.testsupport.MemoryMongo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Instances that check the others when a test says so. */
class ClusterMembersTest {

    private static final Serializer JSON = StoredJson.of(StoredTypes.events());
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @AutoClose
    private final MemoryMongo mongo = new MemoryMongo();

    private final MongoDatabase database = mongo.database();
    private final List<Process> started = new ArrayList<>();

    /** One instance, reduced to its membership. */
    private final class Process {

        private final ClusterMember self;
        private final SharedTokens tokens;
        private final ClusterMembers instances;
        private final SegmentBalancer spread;
        private Instant now = NOON;
        private Set<String> feeds = Set.of("catalog", "orders");

        private Process(String side) {
            self = ClusterMember.start(side, Clock.fixed(NOON.plusSeconds(started.size()), ZoneOffset.UTC));
            tokens = new SharedTokens(database, side + "_tokens", JSON, self);
            Clock ticking = new Clock() {
                @Override
                public Instant instant() {
                    now = now.plusSeconds(1);
                    return now;
                }

                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }
            };
            instances = new ClusterMembers(database, self, tokens, () -> feeds, ticking);
            spread = new SegmentBalancer(self, instances, tokens);
            started.add(this);
        }

        private int share() {
            return spread.getMaxSegments("catalog");
        }
    }

    private static void look(Process... processes) {
        for (int round = 0; round < 2; round++) {
            for (Process process : processes) {
                process.instances.look();
            }
        }
    }

    @Test
    void an_instance_has_no_share_before_its_first_check() {
        Process one = new Process("query");
        one.tokens.store().initializeTokenSegments("catalog", 4);

        assertThat(one.share()).isZero();
        one.instances.look();
        assertThat(one.share()).isEqualTo(4);
    }

    @Test
    void shares_are_even_and_add_up_and_the_oldest_has_what_cannot_be_shared() {
        Process one = new Process("query");
        Process two = new Process("query");
        Process three = new Process("query");
        one.tokens.store().initializeTokenSegments("catalog", 4);

        look(one, two);
        assertThat(List.of(one.share(), two.share())).containsExactly(2, 2);

        look(one, two, three);
        assertThat(List.of(one.share(), two.share(), three.share())).containsExactly(2, 1, 1);
    }

    @Test
    void the_sides_share_nothing() {
        Process query = new Process("query");
        Process command = new Process("command");
        query.tokens.store().initializeTokenSegments("catalog", 4);

        look(query, command);

        assertThat(query.share()).isEqualTo(4);
        assertThat(query.instances.isAlive(command.self.id())).isFalse();
    }

    @Test
    void an_instance_that_cannot_run_a_processor_leaves_its_share_to_the_others() {
        Process one = new Process("query");
        Process two = new Process("query");
        one.tokens.store().initializeTokenSegments("catalog", 4);
        look(one, two);

        two.feeds = Set.of("orders");
        look(two, one);

        assertThat(one.share()).isEqualTo(4);
    }

    @Test
    void an_instance_that_stops_updating_is_gone_after_some_checks_and_its_claims_are_free() {
        Process one = new Process("query");
        Process two = new Process("query");
        two.tokens.store().initializeTokenSegments("catalog", 1);
        two.tokens.store().fetchToken("catalog", 0);
        look(one, two);

        for (int looks = 1; looks < ClusterMembers.LOOKS; looks++) {
            one.instances.look();
            assertThat(one.instances.isAlive(two.self.id())).isTrue();
        }
        assertThatThrownBy(() -> one.tokens.store().fetchToken("catalog", 0))
                .isInstanceOf(UnableToClaimTokenException.class);
        one.instances.look();
        one.instances.look();

        assertThat(one.instances.isAlive(two.self.id())).isFalse();
        assertThat(one.share()).isEqualTo(1);
        one.tokens.store().fetchToken("catalog", 0);
        assertThat(database.getCollection("instances").countDocuments()).isEqualTo(1);
    }

    @Test
    void an_instance_that_was_declared_gone_and_comes_back_has_a_share_again() {
        Process one = new Process("query");
        Process two = new Process("query");
        one.tokens.store().initializeTokenSegments("catalog", 4);
        look(one, two);
        for (int looks = 0; looks <= ClusterMembers.LOOKS; looks++) {
            one.instances.look();
        }
        assertThat(one.share()).isEqualTo(4);

        look(two, one);

        assertThat(List.of(one.share(), two.share())).containsExactly(2, 2);
    }

    @Test
    void a_leaving_instance_has_no_share_for_the_others_and_is_alive_until_it_closes() {
        Process one = new Process("query");
        Process two = new Process("query");
        one.tokens.store().initializeTokenSegments("catalog", 4);
        look(one, two);

        two.instances.leave();
        look(two, one);
        assertThat(one.share()).isEqualTo(4);
        assertThat(one.instances.isAlive(two.self.id())).isTrue();

        two.instances.close();
        one.instances.look();
        assertThat(one.instances.isAlive(two.self.id())).isFalse();
    }

    @Test
    void a_process_looks_by_itself_once_started() {
        Process one = new Process("query");
        one.instances.start();

        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> one.instances.isAlive(one.self.id()));
        one.instances.close();
    }
}
