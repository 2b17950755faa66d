package dev.kontor.query.platform;

import static dev.kontor.query.platform.Note.NOTES;
import static dev.kontor.query.platform.Note.OTHERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewWriterTest {

    private final ViewStore store = mock(ViewStore.class);
    private final List<Batch> applied = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final ViewWriter writer = new ViewWriter(
            store,
            new Views(List.of(Note.VIEW, Note.OTHER)),
            new ReadYourWrites(store),
            List.of((type, ids) -> told.add(type.name() + " " + ids)));
    private final InMemoryTokenStore stored = new InMemoryTokenStore();
    private final TokenStore tokens = new BatchTokenStore(stored, writer);

    @BeforeEach
    void applies() {
        stored.initializeTokenSegments("notes", 1);
        doReturn(Generations.first(Note.VIEW)).when(store).generations(Note.VIEW);
        doReturn(Generations.first(Note.OTHER)).when(store).generations(Note.OTHER);
        doAnswer(call -> {
                    applied.add(call.getArgument(0));
                    return null;
                })
                .when(store)
                .apply(any());
    }

    /** As a processor does: it stores the token before the last handler has run. */
    private UnitOfWork<?> batch() {
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(new GenericEventMessage<>("batch"));
        work.onPrepareCommit(unit -> tokens.storeToken(new GlobalSequenceTrackingToken(7), "notes", 0));
        return work;
    }

    @Test
    void the_documents_of_a_batch_and_its_token_are_applied_as_one_when_it_commits() {
        UnitOfWork<?> work = batch();
        writer.at(NOTES, "a", 0, none -> Note.first("a"));
        writer.at(NOTES, "a", 1, before -> before.version(1));
        writer.at(OTHERS, "b", 4, before -> before);
        assertThat(applied).isEmpty();

        work.commit();

        assertThat(applied).singleElement().satisfies(batch -> {
            assertThat(batch.types()).containsExactly(NOTES, OTHERS);
            assertThat(batch.updates(NOTES)).extracting(Update::version).containsExactly(1L);
            assertThat(batch.token()).contains(new Batch.Token("notes", 0, new GlobalSequenceTrackingToken(7)));
        });
        assertThat(told).containsExactly("notes [a]", "others [b]");
        assertThat(stored.fetchToken("notes", 0)).as("not stored apart").isNull();
    }

    @Test
    void writes_to_a_generation_that_readers_do_not_see_have_no_listeners() {
        doReturn(Generations.first(Note.VIEW).building(Note.VIEW, true, 100).switched())
                .when(store)
                .generations(Note.VIEW);
        UnitOfWork<?> work = batch();
        writer.at(NOTES, "a", 0, none -> Note.first("a"));

        work.commit();

        assertThat(applied).hasSize(1);
        assertThat(told).isEmpty();
    }

    @Test
    void a_batch_without_documents_stores_its_token() {
        batch().commit();

        assertThat(applied).singleElement().satisfies(batch -> {
            assertThat(batch.types()).isEmpty();
            assertThat(batch.token()).isPresent();
        });
    }

    @Test
    void a_batch_that_cannot_be_written_fails_and_its_documents_count_as_written() {
        doThrow(new IllegalStateException("no space left")).when(store).apply(any());
        UnitOfWork<?> work = batch();
        writer.at(NOTES, "a", 0, none -> Note.first("a"));

        assertThatThrownBy(work::commit).hasMessage("no space left");
        assertThat(told).containsExactly("notes [a]");
    }

    @Test
    void a_batch_that_is_rolled_back_writes_nothing() {
        UnitOfWork<?> work = batch();
        writer.at(NOTES, "a", 0, none -> Note.first("a"));

        work.rollback();

        assertThat(applied).isEmpty();
    }

    @Test
    void outside_a_batch_a_token_is_stored_at_once() {
        tokens.storeToken(new GlobalSequenceTrackingToken(9), "notes", 0);

        assertThat(stored.fetchToken("notes", 0)).isEqualTo(new GlobalSequenceTrackingToken(9));
        assertThat(applied).isEmpty();
    }
}
