package dev.kontor.standalone.platform;

import static dev.kontor.query.platform.Note.BY_OWNER;
import static dev.kontor.query.platform.Note.BY_TIME;
import static dev.kontor.query.platform.Note.MORE_NOTES;
import static dev.kontor.query.platform.Note.NOTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.query.platform.Note;
import dev.kontor.query.platform.Scan;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScannedPagesTest {

    private static final List<String> IDS = List.of("b", "a");
    private static final Scan<Note> FIRST = Scan.of(NOTES, BY_TIME).where(true).first(2);

    private final ScannedPages pages = new ScannedPages();

    @BeforeEach
    void scan() {
        pages.offer(FIRST, IDS, 6);
    }

    @Test
    void the_same_scan_has_the_same_page() {
        assertThat(pages.find(Scan.of(NOTES, BY_TIME).where(true).first(2))).isEqualTo(IDS);
        assertThat(pages.find(FIRST.descending())).isNull();
        assertThat(pages.find(FIRST.first(3))).isNull();
    }

    @Test
    void a_page_is_valid_until_its_index_changes() {
        pages.changed(NOTES, BY_OWNER, 8);
        pages.changed(MORE_NOTES, BY_TIME, 8);
        assertThat(pages.find(FIRST)).isEqualTo(IDS);

        pages.changed(NOTES, BY_TIME, 10);
        assertThat(pages.find(FIRST)).isNull();

        pages.offer(FIRST, IDS, 10);
        assertThat(pages.find(FIRST)).isEqualTo(IDS);
    }

    @Test
    void a_page_that_was_scanned_before_a_clearing_is_gone_even_if_it_comes_late() {
        pages.clear(8);
        pages.offer(FIRST, IDS, 6);

        assertThat(pages.find(FIRST)).isNull();
    }
}
