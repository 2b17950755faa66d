package dev.kontor.query.platform;

import static dev.kontor.query.platform.Note.BY_KIND;
import static dev.kontor.query.platform.Note.BY_OWNER;
import static dev.kontor.query.platform.Note.BY_READER;
import static dev.kontor.query.platform.Note.BY_TIME;
import static dev.kontor.query.platform.Note.MORE_NOTES;
import static dev.kontor.query.platform.Note.NOTES;
import static dev.kontor.query.platform.Note.OTHERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.query.platform.Scan.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ViewStore} does. */
public abstract class ViewStoreContract {

    protected ViewStore store;

    /** An empty one. */
    protected abstract ViewStore open();

    @BeforeEach
    void declare() {
        store = open();
        store.declare(List.of(Note.VIEW, Note.OTHER));
        for (String view : List.of("notes", "others")) {
            store.tokens().initializeTokenSegments(view, 1);
            // Claims it.
            store.tokens().fetchToken(view, 0);
        }
    }

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
    void a_scan_gives_documents_in_the_order_of_the_index_and_then_of_their_ids() {
        put(
                Note.first("d").at(5),
                Note.first("a").at(-7),
                Note.first("c").at(5),
                Note.first("b").at(40),
                Note.first("e").at(1).open(false));
        Scan<Note> open = Scan.of(NOTES, BY_TIME).where(true);

        assertThat(ids(open)).containsExactly("a", "c", "d", "b");
        assertThat(ids(open.descending())).containsExactly("b", "d", "c", "a");
        assertThat(ids(Scan.of(NOTES, BY_TIME))).containsExactly("e", "a", "c", "d", "b");
        assertThat(ids(Scan.of(NOTES, BY_TIME).where(true, 5L))).containsExactly("c", "d");
        assertThat(ids(Scan.of(MORE_NOTES, BY_TIME))).isEmpty();
    }

    @Test
    void a_scan_goes_on_behind_a_place() {
        put(
                Note.first("a").at(1),
                Note.first("b").at(2),
                Note.first("c").at(2),
                Note.first("d").at(3));
        Scan<Note> open = Scan.of(NOTES, BY_TIME).where(true);

        assertThat(ids(open.after(new Place(2L, "b")))).containsExactly("c", "d");
        assertThat(ids(open.descending().after(new Place(2L, "c")))).containsExactly("b", "a");
        // Where the document of the place is not there any more.
        assertThat(ids(open.after(new Place(2L, "bb")))).containsExactly("c", "d");
        assertThat(ids(open.after(new Place(3L, "d")))).isEmpty();
        assertThat(ids(open.descending().after(new Place(1L, "a")))).isEmpty();
    }

    @Test
    void a_scan_keeps_within_its_bounds() {
        put(
                Note.first("a").at(1),
                Note.first("b").at(2),
                Note.first("c").at(3),
                Note.first("d").at(4));
        Scan<Note> open = Scan.of(NOTES, BY_TIME).where(true);

        assertThat(ids(open.between(2L, 3L))).containsExactly("b", "c");
        assertThat(ids(open.between(2L, null))).containsExactly("b", "c", "d");
        assertThat(ids(open.between(null, 3L).descending())).containsExactly("c", "b", "a");
        assertThat(ids(open.between(2L, 3L).after(new Place(2L, "b")))).containsExactly("c");
        assertThat(ids(open.between(2L, 3L).descending().after(new Place(4L, "d"))))
                .containsExactly("c", "b");
        assertThat(ids(open.between(4L, 2L))).isEmpty();
    }

    @Test
    void texts_are_ordered_whatever_they_begin_with() {
        put(
                Note.first("1").owner("b"),
                Note.first("2").owner("ab"),
                Note.first("3").owner("a"),
                Note.first("4").owner("a\0b"),
                Note.first("5").owner(""),
                Note.first("6").owner("ä"));

        assertThat(ids(Scan.of(NOTES, BY_OWNER))).containsExactly("5", "3", "4", "2", "1", "6");
        assertThat(ids(Scan.of(NOTES, BY_OWNER).where("a"))).containsExactly("3");
        assertThat(ids(Scan.of(NOTES, BY_OWNER).between("a", "ab"))).containsExactly("3", "4", "2");
    }

    @Test
    void of_a_field_with_several_values_a_document_has_an_entry_for_each() {
        put(
                Note.first("a").readers("ann", "ben").at(1),
                Note.first("b").readers("ben").at(2),
                Note.first("c").readers("ben", "cat", "ben").at(3));

        assertThat(ids(Scan.of(NOTES, BY_READER).where("ann"))).containsExactly("a");
        assertThat(ids(Scan.of(NOTES, BY_READER).where("ben"))).containsExactly("a", "b", "c");
        assertThat(ids(Scan.of(NOTES, BY_READER).where("ben").descending().after(new Place(3L, "c"))))
                .containsExactly("b", "a");
        assertThat(ids(Scan.of(NOTES, BY_READER).where("dan"))).isEmpty();
    }

    @Test
    void an_enum_is_found_by_its_constant() {
        put(Note.first("a").kind(Note.Kind.LONG), Note.first("b"));

        assertThat(ids(Scan.of(NOTES, BY_KIND).where(Note.Kind.LONG, true))).containsExactly("a");
        assertThat(ids(Scan.of(NOTES, BY_KIND).where(Note.Kind.SHORT))).containsExactly("b");
    }

    @Test
    void a_document_that_changes_leaves_its_old_places() {
        put(Note.first("a").at(1).readers("ann", "ben"), Note.first("b").at(2).readers("ben"));

        store.apply(new Batch()
                .update(
                        NOTES,
                        "a",
                        1,
                        before -> before.at(3).readers("ben", "cat").version(1)));
        store.apply(
                new Batch().update(NOTES, "b", 1, before -> before.open(false).version(1)));

        assertThat(ids(Scan.of(NOTES, BY_TIME).where(true))).containsExactly("a");
        assertThat(ids(Scan.of(NOTES, BY_READER).where("ann"))).isEmpty();
        assertThat(ids(Scan.of(NOTES, BY_READER).where("ben"))).containsExactly("b", "a");
        assertThat(ids(Scan.of(NOTES, BY_READER).where("cat"))).containsExactly("a");
    }

    @Test
    void a_scan_ends_where_the_reader_wants_no_more_and_tells_whether_there_was_more() {
        put(IntStream.range(0, 250).mapToObj(i -> Note.first("n" + i).at(i)).toArray(Note[]::new));
        Scan<Note> all = Scan.of(NOTES, BY_TIME).where(true);
        List<Note> read = new ArrayList<>();

        boolean wasAll = store.scan(all, note -> {
            read.add(note);
            return read.size() < 3;
        });

        assertThat(wasAll).isFalse();
        assertThat(read).extracting(Note::id).containsExactly("n0", "n1", "n2");
        assertThat(store.scan(all, note -> true)).isTrue();
        assertThat(ids(all)).hasSize(250);
        assertThat(store.scan(all, note -> !note.id().equals("n249"))).isFalse();
    }

    @Test
    void a_view_that_starts_over_has_no_documents_and_has_read_nothing_and_the_others_stay() {
        put(Note.first("a"));
        store.apply(new Batch()
                .update(MORE_NOTES, "b", 0, before -> Note.first("b"))
                .token("notes", 0, at(7)));
        store.apply(
                new Batch().update(OTHERS, "c", 0, before -> Note.first("c")).token("others", 0, at(8)));

        store.startOver(Note.VIEW);

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
    void a_batch_without_anything_is_no_write() {
        store.apply(new Batch());

        assertThat(ids(Scan.of(NOTES, BY_TIME))).isEmpty();
    }

    protected void put(Note... notes) {
        Batch batch = new Batch();
        for (Note note : notes) {
            batch.update(NOTES, note.id(), note.version(), before -> note);
        }
        store.apply(batch);
    }

    protected Note find(String id) {
        return store.find(NOTES, id).orElseThrow();
    }

    protected List<String> ids(Scan<Note> scan) {
        List<String> ids = new ArrayList<>();
        store.scan(scan, note -> ids.add(note.id()));
        return ids;
    }

    protected TrackingToken token(String view) {
        return store.tokens().fetchToken(view, 0);
    }

    protected static TrackingToken at(long position) {
        return new GlobalSequenceTrackingToken(position);
    }
}
