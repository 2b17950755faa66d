package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.testsupport.MemoryMongo;
import java.time.Clock;
import java.util.Optional;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.serialization.Serializer;
import org.bson.Document;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedTokensTest {

    private static final Serializer JSON = StoredJson.of(StoredTypes.events());
    private static final String CATALOG = "catalog";

    @AutoClose
    private final MemoryMongo mongo = new MemoryMongo();

    private final MongoDatabase database = mongo.database();
    private final ClusterMember one = ClusterMember.start("query-side", Clock.systemUTC());
    private final ClusterMember other = ClusterMember.start("query-side", Clock.systemUTC());
    private final SharedTokens ofOne = new SharedTokens(database, "view_tokens", JSON, one);
    private final SharedTokens ofOther = new SharedTokens(database, "view_tokens", JSON, other);

    @BeforeEach
    void prepare() {
        ofOne.prepare();
    }

    private static TrackingToken at(long position) {
        return new GlobalSequenceTrackingToken(position);
    }

    @Test
    void every_instance_has_another_name() {
        assertThat(one.id()).isNotEqualTo(other.id()).startsWith("query-side/");
    }

    @Test
    void a_token_is_visible_to_all_instances_whichever_owns_the_segment() {
        assertThat(ofOther.of(CATALOG)).as("never ran").isEmpty();
        ofOne.store().initializeTokenSegments(CATALOG, 2);
        ofOne.store().fetchToken(CATALOG, 0);
        ofOne.store().storeToken(at(7), CATALOG, 0);

        assertThat(ofOther.of(CATALOG)).containsExactlyInAnyOrder(Optional.of(at(7)), Optional.empty());
        assertThat(ofOther.segments()).containsEntry(CATALOG, 2);
    }

    @Test
    void the_position_is_that_of_the_slowest_segment_also_of_one_without_an_owner() {
        assertThat(ofOther.cover(CATALOG, at(7))).as("never ran").isFalse();
        ofOne.store().initializeTokenSegments(CATALOG, 2, at(5));
        ofOne.store().fetchToken(CATALOG, 0);
        ofOne.store().storeToken(at(9), CATALOG, 0);
        assertThat(ofOther.cover(CATALOG, at(7))).isFalse();
        assertThat(ofOther.cover(CATALOG, at(5))).isTrue();

        ofOther.store().fetchToken(CATALOG, 1);
        ofOther.store().storeToken(at(7), CATALOG, 1);

        assertThat(ofOne.cover(CATALOG, at(7))).isTrue();
        assertThat(ofOne.cover(CATALOG, at(8))).isFalse();
    }

    @Test
    void a_segment_at_the_beginning_covers_nothing() {
        ofOne.store().initializeTokenSegments(CATALOG, 1);

        assertThat(ofOne.cover(CATALOG, at(0))).isFalse();
    }

    @Test
    void the_position_of_a_replay_is_where_it_reads() {
        ofOne.store().initializeTokenSegments(CATALOG, 1, ReplayToken.createReplayToken(at(9), at(3)));

        assertThat(ofOther.cover(CATALOG, at(3))).isTrue();
        assertThat(ofOther.cover(CATALOG, at(4))).isFalse();
    }

    @Test
    void a_claim_passes_to_another_only_once_it_is_freed() {
        ofOne.store().initializeTokenSegments(CATALOG, 1, at(3));
        ofOne.store().fetchToken(CATALOG, 0);
        assertThatThrownBy(() -> ofOther.store().fetchToken(CATALOG, 0))
                .isInstanceOf(UnableToClaimTokenException.class);

        ofOther.free(one.id());

        assertThat(ofOther.store().fetchToken(CATALOG, 0)).isEqualTo(at(3));
        assertThatThrownBy(() -> ofOne.store().extendClaim(CATALOG, 0)).isInstanceOf(UnableToClaimTokenException.class);
        ofOther.free(one.id());
        assertThatThrownBy(() -> ofOne.store().fetchToken(CATALOG, 0)).isInstanceOf(UnableToClaimTokenException.class);
    }

    @Test
    void a_claim_that_was_not_renewed_for_long_is_free() {
        ofOne.store().initializeTokenSegments(CATALOG, 1, at(3));
        ofOne.store().fetchToken(CATALOG, 0);
        long longAgo = System.currentTimeMillis() - SharedTokens.CLAIM_TIMEOUT.toMillis() - 1;
        database.getCollection("view_tokens")
                .updateOne(Filters.eq("processorName", CATALOG), Updates.set("timestamp", longAgo));

        assertThat(ofOther.store().fetchToken(CATALOG, 0)).isEqualTo(at(3));
    }

    @Test
    void a_segment_exists_once() {
        assertThat(database.getCollection("view_tokens").listIndexes())
                .filteredOn(index -> index.getBoolean("unique", false))
                .extracting(index -> index.get("key", Document.class))
                .contains(new Document("processorName", 1).append("segment", 1));
    }

    @Test
    void a_reset_processor_keeps_its_claims_and_the_others_their_positions() {
        ofOne.store().initializeTokenSegments(CATALOG, 2, at(5));
        ofOne.store().initializeTokenSegments("carts", 1, at(6));
        ofOne.store().fetchToken(CATALOG, 0);

        ofOther.toBeginning(CATALOG);

        assertThat(ofOther.of(CATALOG)).containsExactly(Optional.empty(), Optional.empty());
        assertThat(ofOther.of("carts")).containsExactly(Optional.of(at(6)));
        assertThat(ofOne.store().fetchToken(CATALOG, 0)).isNull();
        assertThatThrownBy(() -> ofOther.store().fetchToken(CATALOG, 0))
                .isInstanceOf(UnableToClaimTokenException.class);
    }
}
