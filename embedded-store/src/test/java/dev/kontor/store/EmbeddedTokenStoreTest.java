package dev.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.UnableToInitializeTokenException;
import org.junit.jupiter.api.Test;

class EmbeddedTokenStoreTest extends WithStore {

    private static final TrackingToken TOKEN = new GlobalSequenceTrackingToken(7);

    @Test
    void a_processor_has_the_segments_it_was_given_with_their_first_token() {
        setup.tokens.initializeTokenSegments("processor", 3, TOKEN);
        setup.tokens.initializeTokenSegments("other", 1);
        reopen();

        assertThat(setup.tokens.fetchSegments("processor")).containsExactly(0, 1, 2);
        assertThat(setup.tokens.fetchToken("processor", 2)).isEqualTo(TOKEN);
        assertThat(setup.tokens.fetchSegments("other")).containsExactly(0);
        assertThat(setup.tokens.fetchToken("other", 0)).isNull();
        assertThat(setup.tokens.fetchSegments("unknown")).isEmpty();
    }

    @Test
    void available_segments_cover_every_event_exactly_once() {
        setup.tokens.initializeTokenSegments("processor", 4);
        assertThat(setup.tokens.fetchAvailableSegments("processor"))
                .containsExactlyElementsOf(Segment.splitBalanced(Segment.ROOT_SEGMENT, 3));
    }

    @Test
    void segments_are_initialized_once() {
        setup.tokens.initializeTokenSegments("processor", 2, TOKEN);

        assertThatThrownBy(() -> setup.tokens.initializeTokenSegments("processor", 4))
                .isInstanceOf(UnableToClaimTokenException.class);
        assertThatThrownBy(() -> setup.tokens.initializeSegment(null, "processor", 1))
                .isInstanceOf(UnableToInitializeTokenException.class);
        assertThat(setup.tokens.fetchSegments("processor")).containsExactly(0, 1);
        assertThat(setup.tokens.fetchToken("processor", 1)).isEqualTo(TOKEN);
    }

    @Test
    void a_token_is_replaced_and_kept() {
        setup.tokens.initializeTokenSegments("processor", 1, TOKEN);
        setup.tokens.storeToken(new GlobalSequenceTrackingToken(8), "processor", 0);
        assertThat(setup.tokens.fetchToken("processor", 0)).isEqualTo(new GlobalSequenceTrackingToken(8));
        reopen();
        assertThat(setup.tokens.fetchToken("processor", 0)).isEqualTo(new GlobalSequenceTrackingToken(8));
        setup.tokens.storeToken(null, "processor", 0);
        reopen();
        assertThat(setup.tokens.fetchToken("processor", 0)).isNull();
    }

    @Test
    void a_replay_token_comes_back_as_it_was() {
        TrackingToken replay = ReplayToken.createReplayToken(TOKEN, new GlobalSequenceTrackingToken(2));
        setup.tokens.initializeTokenSegments("processor", 1, replay);
        reopen();
        assertThat(setup.tokens.fetchToken("processor", 0))
                .isInstanceOf(ReplayToken.class)
                .isEqualTo(replay);
    }

    @Test
    void a_token_of_no_segment_is_refused() {
        setup.tokens.initializeTokenSegments("processor", 1);
        assertThatThrownBy(() -> setup.tokens.fetchToken("processor", 1))
                .isInstanceOf(UnableToClaimTokenException.class);
        assertThatThrownBy(() -> setup.tokens.extendClaim("processor", 1))
                .isInstanceOf(UnableToClaimTokenException.class);
        assertThatThrownBy(() -> setup.tokens.fetchToken("other", 0)).isInstanceOf(UnableToClaimTokenException.class);
    }

    @Test
    void a_claim_is_extended_and_released_without_any_effect_on_the_token() {
        setup.tokens.initializeTokenSegments("processor", 1, TOKEN);
        setup.tokens.extendClaim("processor", 0);
        setup.tokens.releaseClaim("processor", 0);
        assertThat(setup.tokens.fetchToken("processor", 0)).isEqualTo(TOKEN);
    }

    @Test
    void a_deleted_segment_is_gone_and_can_be_made_again() {
        assertThat(setup.tokens.requiresExplicitSegmentInitialization()).isTrue();
        setup.tokens.initializeTokenSegments("processor", 2, TOKEN);
        setup.tokens.deleteToken("processor", 1);
        assertThat(setup.tokens.fetchSegments("processor")).containsExactly(0);
        reopen();
        assertThat(setup.tokens.fetchSegments("processor")).containsExactly(0);
        setup.tokens.initializeSegment(TOKEN, "processor", 1);
        assertThat(setup.tokens.fetchSegments("processor")).containsExactly(0, 1);
    }

    @Test
    void a_unit_of_work_sees_the_segments_it_has_made_and_deleted() {
        setup.tokens.initializeTokenSegments("old", 2, TOKEN);
        StoreSetup.inUnitOfWork(() -> {
            setup.tokens.initializeTokenSegments("new", 2, TOKEN);
            setup.tokens.deleteToken("old", 1);

            assertThat(setup.tokens.fetchSegments("new")).containsExactly(0, 1);
            assertThatThrownBy(() -> setup.tokens.initializeTokenSegments("new", 2))
                    .isInstanceOf(UnableToClaimTokenException.class);
            assertThat(setup.tokens.fetchSegments("old")).containsExactly(0);
            assertThatThrownBy(() -> setup.tokens.fetchToken("old", 1)).isInstanceOf(UnableToClaimTokenException.class);
            assertThat(StoreSetup.elsewhere(() -> setup.tokens.fetchSegments("new")))
                    .isEmpty();
            assertThat(StoreSetup.elsewhere(() -> setup.tokens.fetchSegments("old")))
                    .containsExactly(0, 1);
        });
        assertThat(setup.tokens.fetchSegments("new")).containsExactly(0, 1);
        assertThat(setup.tokens.fetchSegments("old")).containsExactly(0);
    }

    @Test
    void a_processors_name_may_have_slashes_and_begin_as_anothers() {
        setup.tokens.initializeTokenSegments("views", 1);
        setup.tokens.initializeTokenSegments("views/orders", 2);
        setup.tokens.initializeTokenSegments("views/orders/7", 3);

        assertThat(setup.tokens.fetchSegments("views")).containsExactly(0);
        assertThat(setup.tokens.fetchSegments("views/orders")).containsExactly(0, 1);
        assertThat(setup.tokens.fetchSegments("views/orders/7")).containsExactly(0, 1, 2);
    }

    @Test
    void the_store_keeps_its_identifier() {
        String identifier = setup.tokens.retrieveStorageIdentifier().orElseThrow();
        assertThat(identifier).isNotBlank();
        reopen();
        assertThat(setup.tokens.retrieveStorageIdentifier()).contains(identifier);
    }
}
