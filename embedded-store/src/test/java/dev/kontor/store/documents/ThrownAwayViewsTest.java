package dev.kontor.store.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.store.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Views that do not match the log, or are damaged, are discarded. */
class ThrownAwayViewsTest extends ViewsOnDisk {

    @Test
    void views_of_another_log_are_thrown_away() throws IOException {
        stop();
        delete(views.storeFolder());
        assertThat(isFreshWhenReopened()).isTrue();
    }

    @Test
    void views_that_are_ahead_of_the_log_are_thrown_away() throws IOException {
        stop();
        copy(views.storeFolder(), folder.resolve("backup"));
        views = opened(new Views(folder.resolve("data")));
        views.happen(1);
        views.write("later", 1);
        stop();
        delete(views.storeFolder());
        copy(folder.resolve("backup"), views.storeFolder());

        assertThat(isFreshWhenReopened()).isTrue();
    }

    @Test
    void views_of_events_that_a_restored_log_has_otherwise_are_thrown_away_however_far_the_log_has_grown()
            throws IOException {
        stop();
        copy(views.storeFolder(), folder.resolve("backup"));
        views = opened(new Views(folder.resolve("data")));
        views.happen(1);
        views.write("later", 1);
        stop();
        delete(views.storeFolder());
        copy(folder.resolve("backup"), views.storeFolder());
        try (EmbeddedStore grown = EmbeddedStore.open(views.storeFolder());
                ViewFiles elsewhere = ViewFiles.open(folder.resolve("elsewhere"), grown)) {
            assertThat(elsewhere.isFresh()).isTrue();
            Views.happen(grown, 10);
        }

        assertThat(isFreshWhenReopened()).isTrue();
    }

    @Test
    void views_behind_the_log_are_kept() {
        views.happen(10);

        stop();
        assertThat(isFreshWhenReopened()).isFalse();
    }

    @Test
    void a_folder_that_was_emptied_half_is_thrown_away() throws IOException {
        stop();
        Files.delete(views.folder().resolve("CURRENT"));
        assertThat(isFreshWhenReopened()).isTrue();
    }

    @Test
    void a_folder_without_its_tables_is_thrown_away() throws IOException {
        stopWithTables();
        Files.delete(file(".sst"));
        assertThat(isFreshWhenReopened()).isTrue();
    }

    @Test
    void a_damaged_directory_of_files_is_thrown_away() throws IOException {
        stop();
        Path manifest;
        try (Stream<Path> all = Files.list(views.folder())) {
            manifest = all.filter(path -> path.getFileName().toString().startsWith("MANIFEST"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[20] ^= 0x55;
        Files.write(manifest, bytes);

        assertThat(isFreshWhenReopened()).isTrue();
    }

    @Test
    void a_damaged_block_fails_its_reads_and_is_thrown_away_at_the_next_start() throws IOException {
        Random random = new Random(7);
        byte[] noise = new byte[2_000];
        views.store().write(writes -> {
            for (int n = 0; n < 2_000; n++) {
                random.nextBytes(noise);
                writes.put("others", "n%05d".formatted(n), noise.clone());
                writes.index("others", "by_number", "n%05d".formatted(n), Set.of(), Set.of(List.of((long) n)));
            }
        });
        stopWithTables();
        Path table = file(".sst");
        byte[] bytes = Files.readAllBytes(table);
        bytes[bytes.length / 2] ^= 1;
        Files.write(table, bytes, StandardOpenOption.TRUNCATE_EXISTING);

        views = opened(new Views(folder.resolve("data")));
        assertThat(views.files().isFresh()).isFalse();
        assertThat(views.files().damage()).isEmpty();
        assertThatThrownBy(() -> views.store()
                        .scan("others", "by_number", new KeyRange(null, null), false, row -> row.document() != null))
                .isInstanceOf(ViewFilesException.class);
        assertThat(views.files().damage()).isPresent();
        int found = 0;
        int failed = 0;
        for (int n = 0; n < 2_000; n++) {
            try {
                assertThat(views.store().find("others", "n%05d".formatted(n))).hasSize(2_000);
                found++;
            } catch (ViewFilesException damaged) {
                failed++;
            }
        }
        assertThat(failed).isBetween(1, 100);
        assertThat(found).isEqualTo(2_000 - failed);

        stop();
        assertThat(isFreshWhenReopened()).isTrue();
    }

    @Test
    void a_store_that_was_being_thrown_away_is_not_used_even_if_all_of_it_is_there() throws IOException {
        stop();
        Files.writeString(views.folder().resolve(ViewFiles.CONDEMNED), "a test says so");

        assertThatThrownBy(() -> DocumentReader.open(views.folder())).isInstanceOf(ViewFilesException.class);
        assertThat(isFreshWhenReopened()).isTrue();
    }
}
