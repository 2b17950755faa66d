package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.UnableToRetrieveIdentifierException;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.Test;

class DocumentsFirstTokenStoreTest {

    private final List<String> stored = new ArrayList<>();
    private final TokenStore tokens = DocumentsFirstTokenStore.over(new InMemoryTokenStore() {
        @Override
        public void storeToken(TrackingToken token, String processorName, int segment) {
            stored.add("token");
        }

        @Override
        public void extendClaim(String processorName, int segment) {
            // This process has the claim.
        }
    });

    @Test
    void a_token_asked_for_before_the_documents_is_stored_after_them() {
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(new GenericEventMessage<>("event"));
        work.onPrepareCommit(unit -> tokens.storeToken(new GlobalSequenceTrackingToken(1), "catalog", 0));
        work.onPrepareCommit(unit -> stored.add("documents"));

        work.commit();

        assertThat(stored).containsExactly("documents", "token");
    }

    @Test
    void documents_that_cannot_be_written_keep_the_token_back() {
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(new GenericEventMessage<>("event"));
        work.onPrepareCommit(unit -> tokens.storeToken(new GlobalSequenceTrackingToken(1), "catalog", 0));
        work.onPrepareCommit(unit -> {
            throw new IllegalStateException("no space left");
        });

        assertThat(catchThrowable(work::commit)).hasMessage("no space left");
        assertThat(stored).isEmpty();
    }

    @Test
    void outside_a_batch_a_token_is_stored_at_once() {
        tokens.storeToken(new GlobalSequenceTrackingToken(1), "catalog", 0);

        assertThat(stored).containsExactly("token");
    }

    @Test
    void a_process_that_is_late_to_name_the_store_uses_its_present_name() {
        AtomicInteger asked = new AtomicInteger();
        TokenStore raced = DocumentsFirstTokenStore.over(new InMemoryTokenStore() {
            @Override
            public Optional<String> retrieveStorageIdentifier() {
                if (asked.getAndIncrement() == 0) {
                    throw new UnableToRetrieveIdentifierException("duplicate key", null);
                }
                return Optional.of("the other's name");
            }
        });

        assertThat(raced.retrieveStorageIdentifier()).contains("the other's name");
    }

    /** Like the store over MongoDB, takes an update that changes nothing for one that finds nothing. */
    private static TokenStore refusingOver(TrackingToken present) {
        return DocumentsFirstTokenStore.over(new InMemoryTokenStore() {
            @Override
            public void storeToken(TrackingToken token, String processorName, int segment) {
                throw new UnableToClaimTokenException("nothing was modified");
            }

            @Override
            public TrackingToken fetchToken(String processorName, int segment) {
                return present;
            }
        });
    }

    @Test
    void a_token_that_is_there_already_need_not_be_stored() {
        assertThatCode(() -> refusingOver(new GlobalSequenceTrackingToken(1))
                        .storeToken(new GlobalSequenceTrackingToken(1), "catalog", 0))
                .doesNotThrowAnyException();
        assertThatCode(() -> refusingOver(null).storeToken(null, "catalog", 0)).doesNotThrowAnyException();
    }

    @Test
    void a_token_that_another_process_owns_is_not_stored() {
        assertThat(catchThrowable(() -> refusingOver(new GlobalSequenceTrackingToken(2))
                        .storeToken(new GlobalSequenceTrackingToken(1), "catalog", 0)))
                .isInstanceOf(UnableToClaimTokenException.class);
    }

    @Test
    void a_process_that_has_lost_its_segment_writes_no_documents() {
        TokenStore lost = DocumentsFirstTokenStore.over(new InMemoryTokenStore() {
            @Override
            public void extendClaim(String processorName, int segment) {
                throw new UnableToClaimTokenException("another process has the claim");
            }
        });
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(new GenericEventMessage<>("event"));
        work.onPrepareCommit(unit -> lost.storeToken(new GlobalSequenceTrackingToken(1), "catalog", 0));
        work.onPrepareCommit(unit -> stored.add("documents"));

        assertThat(catchThrowable(work::commit)).hasMessage("another process has the claim");
        assertThat(stored).isEmpty();
    }
}
