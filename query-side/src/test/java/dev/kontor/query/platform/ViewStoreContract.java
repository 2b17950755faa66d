package dev.kontor.query.platform;

import static dev.kontor.query.platform.Note.BY_TIME;
import static dev.kontor.query.platform.Note.MORE_NOTES;
import static dev.kontor.query.platform.Note.NOTES;
import static dev.kontor.query.platform.Note.OTHERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.Test;

/** The contract of every {@link ViewStore}. */
public abstract class ViewStoreContract extends ViewStoreScanContract {

    @Test
    void a_document_is_found_as_it_was_written() {
        Note whole = new Note(
                "a",
                "ann",
                List.of("ben", "ann"),
                Long.MAX_VALUE,
                false,
                Note.Kind.LONG,
                Map.of("x", 1L, "y", Long.MIN_VALUE),
                List.of(new Note.Part("one", 1L), new Note.Part("Grüße \0 \uD83D\uDE00", null)),
                "remark",
                0);
        Note without = Note.first("b");

        put(whole, without);

        assertThat(store.find(NOTES, "a")).contains(whole);
        assertThat(store.find(NOTES, "b")).contains(without);
        assertThat(store.find(NOTES, "c")).isEmpty();
        assertThat(store.find(MORE_NOTES, "a")).isEmpty();
    }

    @Test
    void of_many_ids_those_are_found_that_there_are() {
        put(Note.first("a"), Note.first("b"), Note.first("c"));

        assertThat(store.findAll(NOTES, List.of("c", "a", "z")))
                .isEqualTo(Map.of("a", Note.first("a"), "c", Note.first("c")));
        assertThat(store.findAll(NOTES, List.of())).isEmpty();
    }

    @Test
    void what_is_newer_is_written_and_what_is_not_is_ignored() {
        store.apply(new Batch().update(NOTES, "a", 0, before -> Note.first("a").remark("first")));
        store.apply(new Batch()
                .update(NOTES, "a", 1, before -> before.remark("second").version(1)));

        store.apply(new Batch()
                .update(NOTES, "a", 1, before -> before.remark("other").version(1)));
        store.apply(new Batch().update(NOTES, "a", 0, before -> Note.first("a").remark("first")));

        assertThat(find("a").remark()).isEqualTo("second");
        assertThat(find("a").version()).isEqualTo(1);
    }

    @Test
    void a_batch_delivered_again_together_with_more_gives_the_same_document() {
        UnaryOperator<Note> second =
                before -> before.remark(before.remark() + ", second").version(1);
        UnaryOperator<Note> third =
                before -> before.remark(before.remark() + ", third").version(2);
        Batch once = new Batch()
                .update(NOTES, "a", 0, before -> Note.first("a").remark("first"))
                .update(NOTES, "a", 1, second);

        store.apply(once);
        store.apply(once);
        store.apply(new Batch()
                .update(NOTES, "a", 1, second)
                .update(NOTES, "a", 1, second)
                .update(NOTES, "a", 2, third));

        assertThat(find("a").remark()).isEqualTo("first, second, third");
    }

    @Test
    void a_change_must_give_the_document_that_it_is_of() {
        assertThatThrownBy(() -> store.apply(new Batch().update(NOTES, "a", 3, before -> Note.first("a"))))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.apply(new Batch().update(NOTES, "a", 0, before -> Note.first("b"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store.find(NOTES, "a")).isEmpty();
    }

    @Test
    void a_token_is_stored_with_the_documents_of_its_batch() {
        store.apply(new Batch()
                .update(NOTES, "a", 0, before -> Note.first("a"))
                .update(MORE_NOTES, "b", 0, before -> Note.first("b"))
                .token("notes", 0, at(7)));

        assertThat(token("notes")).isEqualTo(at(7));
        assertThat(token("others")).isNull();
        assertThat(store.find(NOTES, "a")).isPresent();
        assertThat(store.find(MORE_NOTES, "b")).isPresent();

        store.apply(new Batch().token("notes", 0, at(9)));
        assertThat(token("notes")).isEqualTo(at(9));
    }

    @Test
    void a_batch_that_fails_stores_no_token() {
        store.apply(new Batch().token("notes", 0, at(7)));

        assertThatThrownBy(() -> store.apply(new Batch()
                        .update(NOTES, "a", 0, before -> {
                            throw new IllegalArgumentException("on purpose");
                        })
                        .token("notes", 0, at(9))))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(token("notes")).isEqualTo(at(7));
        assertThat(store.find(NOTES, "a")).isEmpty();
    }

    @Test
    void a_view_that_starts_over_has_no_documents_and_has_read_nothing_and_the_others_stay() {
        put(Note.first("a"));
        store.apply(new Batch()
                .update(MORE_NOTES, "b", 0, before -> Note.first("b"))
                .token("notes", 0, at(7)));
        store.apply(
                new Batch().update(OTHERS, "c", 0, before -> Note.first("c")).token("others", 0, at(8)));
        assertThat(find("a")).isEqualTo(Note.first("a"));

        store.startOver(Note.VIEW, Slot.FIRST);

        assertThat(store.find(NOTES, "a")).isEmpty();
        assertThat(store.find(MORE_NOTES, "b")).isEmpty();
        assertThat(ids(Scan.of(NOTES, BY_TIME))).isEmpty();
        if (store.tokens().fetchSegments("notes").length > 0) {
            assertThat(token("notes")).isNull();
        }
        assertThat(store.find(OTHERS, "c")).isPresent();
        assertThat(ids(Scan.of(OTHERS, BY_TIME))).containsExactly("c");
        assertThat(token("others")).isEqualTo(at(8));

        put(Note.first("a").remark("again"));
        assertThat(find("a").remark()).isEqualTo("again");
        assertThat(ids(Scan.of(NOTES, BY_TIME))).containsExactly("a");
    }

    @Test
    void views_that_are_declared_again_keep_what_they_have() {
        put(Note.first("a"));
        store.apply(new Batch().token("notes", 0, at(7)));

        store.declare(List.of(Note.VIEW, Note.OTHER));

        assertThat(store.find(NOTES, "a")).isPresent();
        assertThat(token("notes")).isEqualTo(at(7));
    }

    @Test
    void a_generation_is_built_beside_the_one_that_reads_see_and_they_are_switched_to_it() {
        put(Note.first("a").at(1), Note.first("b").at(2));
        store.apply(new Batch().token("notes", 0, at(7)));
        assertThat(store.generations(Note.VIEW).live()).isEqualTo(Slot.FIRST);

        store.note(Note.VIEW, store.generations(Note.VIEW).building(Note.VIEW, true, 50));
        buildOther(Note.first("b").at(9).remark("other"), Note.first("c").at(3));

        assertThat(ids(Scan.of(NOTES, BY_TIME))).containsExactly("a", "b");
        assertThat(find("b").remark()).isNull();
        assertThat(store.find(NOTES, "c")).isEmpty();
        assertThat(idsIn(Slot.SECOND, null)).containsExactly("b", "c");
        assertThat(token("notes")).isEqualTo(at(7));

        store.note(Note.VIEW, store.generations(Note.VIEW).switched());

        assertThat(ids(Scan.of(NOTES, BY_TIME))).containsExactly("c", "b");
        assertThat(find("b").remark()).isEqualTo("other");
        assertThat(store.find(NOTES, "a")).isEmpty();
        assertThat(store.findAll(NOTES, List.of("a", "c"))).containsOnlyKeys("c");
        assertThat(idsIn(Slot.FIRST, null)).containsExactly("a", "b");
        assertThat(store.find(OTHERS, "c")).isEmpty();
        assertThat(store.generations(Note.VIEW))
                .isEqualTo(new Generations(
                        "notes", Slot.SECOND, 2, 1, Generations.State.PREVIOUS, false, 100, Note.VIEW.schema()));
    }

    @Test
    void a_slot_that_starts_over_leaves_the_other_one() {
        put(Note.first("a"));
        buildOther(Note.first("b"));

        store.startOver(Note.VIEW, Slot.SECOND);

        assertThat(idsIn(Slot.SECOND, null)).isEmpty();
        assertThat(store.find(NOTES, "a")).isPresent();
        buildOther(Note.first("c"));
        assertThat(idsIn(Slot.SECOND, null)).containsExactly("c");
    }

    @Test
    void the_documents_of_a_slot_are_read_from_an_id_on() {
        buildOther(Note.first("a"), Note.first("b"), Note.first("d"));

        assertThat(idsIn(Slot.SECOND, "b")).containsExactly("b", "d");
        assertThat(idsIn(Slot.SECOND, "b\0")).containsExactly("d");
        assertThat(idsIn(Slot.SECOND, "e")).isEmpty();
    }

    private void buildOther(Note... notes) {
        String name = Slot.SECOND.nameOf("notes");
        if (store.tokens().fetchSegments(name).length == 0) {
            store.tokens().initializeTokenSegments(name, 1);
        }
        store.tokens().fetchToken(name, 0);
        Batch batch = new Batch().token(name, 0, at(3));
        for (Note note : notes) {
            batch.update(NOTES, note.id(), note.version(), before -> note);
        }
        store.apply(batch);
    }

    private List<String> idsIn(Slot slot, String from) {
        List<String> ids = new ArrayList<>();
        store.each(NOTES, slot, from, note -> ids.add(note.id()));
        return ids;
    }

    @Test
    void a_batch_without_anything_is_no_write() {
        store.apply(new Batch());

        assertThat(ids(Scan.of(NOTES, BY_TIME))).isEmpty();
    }

    protected Note find(String id) {
        return store.find(NOTES, id).orElseThrow();
    }

    protected TrackingToken token(String view) {
        return store.tokens().fetchToken(view, 0);
    }

    protected static TrackingToken at(long position) {
        return new GlobalSequenceTrackingToken(position);
    }
}
