package dev.kontor.query.platform;

import dev.kontor.query.platform.IndexFiles.UnfitException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriterConfig;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens an index that fits schema and log, and discards one that does not. A commit contains what it is opened by. */
final class IndexOpening {

    /** The position of an index that has no token yet. */
    static final long NOTHING = -2;

    private static final Logger log = LoggerFactory.getLogger(IndexOpening.class);

    private static final String SCHEMA = "schema";
    private static final String POSITION = "position";
    private static final String MARK = "mark";

    private final Path folder;
    private final String schema;
    private final EventStore events;
    private final Supplier<IndexWriterConfig> settings;

    IndexOpening(Path folder, String schema, EventStore events, Supplier<IndexWriterConfig> settings) {
        this.folder = folder;
        this.schema = schema;
        this.events = events;
        this.settings = settings;
    }

    /** The index as of its last commit, or an empty one. */
    IndexFiles open() throws IOException {
        try {
            return IndexFiles.open(folder, settings.get(), this::check);
        } catch (UnfitException e) {
            return anew(e.getMessage());
        } catch (IndexFormatTooOldException
                | IndexFormatTooNewException
                | CorruptIndexException
                | EOFException
                | FileNotFoundException
                | NoSuchFileException e) {
            return anew(e.toString());
        }
    }

    private IndexFiles anew(String why) throws IOException {
        log.warn("search index: what is in {} is discarded and read from the log again: {}", folder, why);
        condemn(why);
        discard();
        try {
            return IndexFiles.open(folder, settings.get(), this::check);
        } catch (UnfitException e) {
            throw new IllegalStateException("An empty index is unfit", e);
        }
    }

    private void check(Map<String, String> notes) throws UnfitException {
        String itsSchema = notes.getOrDefault(SCHEMA, "unknown");
        if (!itsSchema.equals(schema)) {
            throw new UnfitException("its schema is %s, that of this version is %s".formatted(itsSchema, schema));
        }
        String position = notes.get(POSITION);
        String mark = LogMark.at(events, Long.parseLong(position));
        if (mark == null || !mark.equals(notes.get(MARK))) {
            throw new UnfitException("the log up to position %s is not the one it was read from".formatted(position));
        }
    }

    /** With which position the files were opened. */
    static long position(IndexFiles files) {
        String stored = files.notes().get(POSITION);
        return stored == null ? NOTHING : Long.parseLong(stored);
    }

    /** Content and position in one write. */
    void commit(IndexFiles files, long position) throws IOException {
        String mark = LogMark.at(events, position);
        if (mark == null) {
            throw new IllegalStateException("The log ends before position %d, which was read".formatted(position));
        }
        files.writer()
                .setLiveCommitData(Map.of(SCHEMA, schema, POSITION, Long.toString(position), MARK, mark)
                        .entrySet());
        files.writer().commit();
    }

    /** The next opening discards the index. */
    void condemn(String why) {
        IndexFiles.condemn(folder, why);
    }

    void discard() throws IOException {
        IndexFiles.discard(folder);
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
