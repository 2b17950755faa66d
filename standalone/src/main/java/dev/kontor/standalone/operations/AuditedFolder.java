package dev.kontor.standalone.operations;

import dev.kontor.audit.KeySource;
import dev.kontor.audit.LetterSource;
import dev.kontor.audit.platform.Audit;
import dev.kontor.audit.platform.AuditReport;
import dev.kontor.side.platform.StoredLetter;
import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.platform.LetterColumn;
import dev.kontor.store.LogReader;
import dev.kontor.store.VaultNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Audits a folder without a writer: of a stopped Kontor, or a checkpoint. Changes nothing in it. */
public final class AuditedFolder {

    private AuditedFolder() {}

    /**
     * @param folder has {@code log}; {@code views} and {@code search} if there are any
     * @param keys null if they are unknown
     * @param progress is notified at most once a second
     * @throws dev.kontor.store.StoreException if the log cannot be read at all
     */
    public static AuditReport audit(Path folder, KeySource keys, Consumer<String> progress) {
        return audit(folder, keys, progress, UnaryOperator.identity());
    }

    /** The keys of this folder, which may be in use; null if there are none. */
    public static KeySource keysIn(Path folder) {
        return VaultNames.isVault(folder) ? reader -> VaultNames.in(folder).forEach(reader) : null;
    }

    static AuditReport audit(Path folder, KeySource keys, Consumer<String> progress, UnaryOperator<Audit> settings) {
        DataFolder data = new DataFolder(folder);
        try (LogReader log = LogReader.open(data.log());
                AuditedViews views =
                        Files.exists(data.views()) ? new AuditedViews(data.views(), data.search()) : null) {
            return settings.apply(new Audit(new AuditedLog(log), views, progress)
                            .with(keys)
                            .withLetters(letters(log, views)))
                    .run();
        }
    }

    private static LetterSource letters(LogReader log, AuditedViews views) {
        return reader -> {
            // Not the other columns: the check of the log's files names damage to them.
            log.readBeside(LetterColumn.COLUMN, row -> read(row.value(), reader));
            if (views != null) {
                views.letters(row -> read(row, reader));
            }
        };
    }

    private static void read(byte[] row, LetterSource.Reader reader) {
        StoredLetter.Key key = StoredLetter.decode(row).key();
        reader.letter(key.queue(), key.sequence(), key.position());
    }
}
