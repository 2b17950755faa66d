package dev.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.UnableToInitializeTokenException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedTokenStoreTest {

    private static final TrackingToken TOKEN = new GlobalSequenceTrackingToken(7);

    @TempDir
    Path folder;

    private Shelf shelf;

    @BeforeEach
    void open() {
        shelf = new Shelf(folder);
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    private void reopen() {
        shelf.close();
        shelf = new Shelf(folder);
    }

    @Test
    void aProcessorHasTheSegmentsItWasGivenWithTheirFirstToken() {
        shelf.tokens.initializeTokenSegments("processor", 3, TOKEN);
        shelf.tokens.initializeTokenSegments("other", 1);
        reopen();

        assertThat(shelf.tokens.fetchSegments("processor")).containsExactly(0, 1, 2);
        assertThat(shelf.tokens.fetchToken("processor", 2)).isEqualTo(TOKEN);
        assertThat(shelf.tokens.fetchSegments("other")).containsExactly(0);
        assertThat(shelf.tokens.fetchToken("other", 0)).isNull();
        assertThat(shelf.tokens.fetchSegments("unknown")).isEmpty();
    }

    @Test
    void availableSegmentsCoverEveryEventExactlyOnce() {
        shelf.tokens.initializeTokenSegments("processor", 4);
        assertThat(shelf.tokens.fetchAvailableSegments("processor"))
                .containsExactlyElementsOf(Segment.splitBalanced(Segment.ROOT_SEGMENT, 3));
    }

    @Test
    void segmentsAreInitializedOnce() {
        shelf.tokens.initializeTokenSegments("processor", 2, TOKEN);

        assertThatThrownBy(() -> shelf.tokens.initializeTokenSegments("processor", 4))
                .isInstanceOf(UnableToClaimTokenException.class);
        assertThatThrownBy(() -> shelf.tokens.initializeSegment(null, "processor", 1))
                .isInstanceOf(UnableToInitializeTokenException.class);
        assertThat(shelf.tokens.fetchSegments("processor")).containsExactly(0, 1);
        assertThat(shelf.tokens.fetchToken("processor", 1)).isEqualTo(TOKEN);
    }

    @Test
    void aTokenIsReplacedAndKept() {
        shelf.tokens.initializeTokenSegments("processor", 1, TOKEN);
        shelf.tokens.storeToken(new GlobalSequenceTrackingToken(8), "processor", 0);
        assertThat(shelf.tokens.fetchToken("processor", 0)).isEqualTo(new GlobalSequenceTrackingToken(8));
        reopen();
        assertThat(shelf.tokens.fetchToken("processor", 0)).isEqualTo(new GlobalSequenceTrackingToken(8));
        shelf.tokens.storeToken(null, "processor", 0);
        reopen();
        assertThat(shelf.tokens.fetchToken("processor", 0)).isNull();
    }

    @Test
    void aReplayTokenComesBackAsItWas() {
        TrackingToken replay = ReplayToken.createReplayToken(TOKEN, new GlobalSequenceTrackingToken(2));
        shelf.tokens.initializeTokenSegments("processor", 1, replay);
        reopen();
        assertThat(shelf.tokens.fetchToken("processor", 0))
                .isInstanceOf(ReplayToken.class)
                .isEqualTo(replay);
    }

    @Test
    void aTokenOfNoSegmentIsRefused() {
        shelf.tokens.initializeTokenSegments("processor", 1);
        assertThatThrownBy(() -> shelf.tokens.fetchToken("processor", 1))
                .isInstanceOf(UnableToClaimTokenException.class);
        assertThatThrownBy(() -> shelf.tokens.extendClaim("processor", 1))
                .isInstanceOf(UnableToClaimTokenException.class);
        assertThatThrownBy(() -> shelf.tokens.fetchToken("other", 0)).isInstanceOf(UnableToClaimTokenException.class);
    }

    @Test
    void aClaimIsExtendedAndReleasedWithoutAnyEffectOnTheToken() {
        shelf.tokens.initializeTokenSegments("processor", 1, TOKEN);
        shelf.tokens.extendClaim("processor", 0);
        shelf.tokens.releaseClaim("processor", 0);
        assertThat(shelf.tokens.fetchToken("processor", 0)).isEqualTo(TOKEN);
    }

    @Test
    void aDeletedSegmentIsGoneAndCanBeMadeAgain() {
        assertThat(shelf.tokens.requiresExplicitSegmentInitialization()).isTrue();
        shelf.tokens.initializeTokenSegments("processor", 2, TOKEN);
        shelf.tokens.deleteToken("processor", 1);
        assertThat(shelf.tokens.fetchSegments("processor")).containsExactly(0);
        reopen();
        assertThat(shelf.tokens.fetchSegments("processor")).containsExactly(0);
        shelf.tokens.initializeSegment(TOKEN, "processor", 1);
        assertThat(shelf.tokens.fetchSegments("processor")).containsExactly(0, 1);
    }

    @Test
    void aUnitOfWorkSeesTheSegmentsItHasMadeAndDeleted() {
        shelf.tokens.initializeTokenSegments("old", 2, TOKEN);
        Shelf.inUnitOfWork(() -> {
            shelf.tokens.initializeTokenSegments("new", 2, TOKEN);
            shelf.tokens.deleteToken("old", 1);

            assertThat(shelf.tokens.fetchSegments("new")).containsExactly(0, 1);
            assertThatThrownBy(() -> shelf.tokens.initializeTokenSegments("new", 2))
                    .isInstanceOf(UnableToClaimTokenException.class);
            assertThat(shelf.tokens.fetchSegments("old")).containsExactly(0);
            assertThatThrownBy(() -> shelf.tokens.fetchToken("old", 1)).isInstanceOf(UnableToClaimTokenException.class);
            assertThat(Shelf.elsewhere(() -> shelf.tokens.fetchSegments("new"))).isEmpty();
            assertThat(Shelf.elsewhere(() -> shelf.tokens.fetchSegments("old"))).containsExactly(0, 1);
        });
        assertThat(shelf.tokens.fetchSegments("new")).containsExactly(0, 1);
        assertThat(shelf.tokens.fetchSegments("old")).containsExactly(0);
    }

    @Test
    void aProcessorsNameMayHaveSlashesAndBeginAsAnothers() {
        shelf.tokens.initializeTokenSegments("views", 1);
        shelf.tokens.initializeTokenSegments("views/orders", 2);
        shelf.tokens.initializeTokenSegments("views/orders/7", 3);

        assertThat(shelf.tokens.fetchSegments("views")).containsExactly(0);
        assertThat(shelf.tokens.fetchSegments("views/orders")).containsExactly(0, 1);
        assertThat(shelf.tokens.fetchSegments("views/orders/7")).containsExactly(0, 1, 2);
    }

    @Test
    void theStoreKeepsItsIdentifier() {
        String identifier = shelf.tokens.retrieveStorageIdentifier().orElseThrow();
        assertThat(identifier).isNotBlank();
        reopen();
        assertThat(shelf.tokens.retrieveStorageIdentifier()).contains(identifier);
    }
}
