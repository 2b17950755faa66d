package dev.kontor.standalone.tools.backup;

import dev.kontor.standalone.tools.console.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The manifest of a backup of the log, written beside it.
 *
 * @param log its id
 * @param events the number of its events
 * @param chain at its head, in hexadecimal digits; that of an empty log is 00000000
 * @param kontor the version that made it
 * @param time when it was made
 * @param files all its files
 */
record Manifest(
        String format,
        int version,
        String log,
        long events,
        String chain,
        String kontor,
        String time,
        List<Entry> files) {

    static final String FORMAT = "kontor-backup";
    static final int VERSION = 2;

    private static final String NAME = "manifest.json";
    private static final JsonMapper MAPPER = new JsonMapper();

    /** @param sha256 of its content, in hexadecimal digits */
    record Entry(String name, long size, String sha256) {}

    /** @throws ToolException where there is none, or none that this version reads */
    static Manifest in(Path backup) throws IOException {
        Path file = backup.resolve(NAME);
        if (Files.isDirectory(file)) {
            throw new ToolException("%s cannot be read: it is a folder".formatted(file));
        }
        try {
            Manifest manifest = MAPPER.readValue(Files.readAllBytes(file), Manifest.class);
            if (manifest == null
                    || !FORMAT.equals(manifest.format)
                    || manifest.version != VERSION
                    || manifest.files == null
                    || manifest.files.contains(null)) {
                throw new ToolException("%s is not of a backup that this version of Kontor reads".formatted(file));
            }
            return manifest;
        } catch (NoSuchFileException e) {
            throw new ToolException("%s is no backup: it has no %s".formatted(backup, NAME), e);
        } catch (JacksonException e) {
            throw new ToolException("%s cannot be read: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }

    void writeInto(Path backup) throws IOException {
        FolderCopy.writeSynced(
                backup.resolve(NAME), MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }
}
