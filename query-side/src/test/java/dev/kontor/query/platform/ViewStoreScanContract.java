package dev.kontor.query.platform;

import static dev.kontor.query.platform.Note.BY_KIND;
import static dev.kontor.query.platform.Note.BY_OWNER;
import static dev.kontor.query.platform.Note.BY_READER;
import static dev.kontor.query.platform.Note.BY_TIME;
import static dev.kontor.query.platform.Note.MORE_NOTES;
import static dev.kontor.query.platform.Note.NOTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.query.platform.Scan.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of scans in every {@link ViewStore}. */
abstract class ViewStoreScanContract {

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
    void a_scan_of_the_first_documents_reads_no_more() {
        put(
                Note.first("a").at(1),
                Note.first("b").at(2),
                Note.first("c").at(2),
                Note.first("d").at(3));
        Scan<Note> open = Scan.of(NOTES, BY_TIME).where(true);

        assertThat(ids(open.first(2))).containsExactly("a", "b");
        assertThat(ids(open.after(new Place(2L, "b")).first(2))).containsExactly("c", "d");
        assertThat(ids(open.after(new Place(2L, "a")).first(1))).containsExactly("b");
        assertThat(ids(open.first(9))).containsExactly("a", "b", "c", "d");
        assertThat(store.scan(open.first(4), note -> true)).isFalse();
        assertThat(store.scan(open.first(5), note -> true)).isTrue();
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
        // Where the document of the place no longer exists.
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

    protected void put(Note... notes) {
        Batch batch = new Batch();
        for (Note note : notes) {
            batch.update(NOTES, note.id(), note.version(), before -> note);
        }
        store.apply(batch);
    }

    protected List<String> ids(Scan<Note> scan) {
        List<String> ids = new ArrayList<>();
        store.scan(scan, note -> ids.add(note.id()));
        return ids;
    }
}
