package dev.kontor.query.platform;

import dev.kontor.side.platform.JoinedLetters;
import dev.kontor.side.platform.StoredLetter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * The dead letters of a {@link LocalView}, one file each, beside its content: what discards the content discards them. A
 * letter is on the disk before the token. A letter that was retried is deleted after the content was made durable.
 */
public final class LocalLetterFiles implements JoinedLetters.Rows {

    private static final String PENDING = LocalLetterFiles.class.getName();
    private static final String UNFINISHED = ".new";

    private final Path folder;
    private final Runnable makeDurable;

    private record Change(StoredLetter.Key key, byte[] row, Runnable afterwards) {}

    /**
     * @param folder of the files alone; need not exist
     * @param makeDurable makes the content of the view durable, as it is now
     */
    public LocalLetterFiles(Path folder, Runnable makeDurable) {
        this.folder = folder;
        this.makeDurable = makeDurable;
    }

    /** The letters of one queue have different positions. */
    private Path file(StoredLetter.Key key) {
        return folder.resolve("%016x".formatted(key.position()));
    }

    @Override
    public void readAll(BiConsumer<StoredLetter.Key, byte[]> reader) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!file.toString().endsWith(UNFINISHED)) {
                    byte[] row = Files.readAllBytes(file);
                    reader.accept(StoredLetter.decode(row).key(), row);
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Links the files in another folder, and creates it if it is missing. A file never changes. */
    public void link(Path target) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> !file.toString().endsWith(UNFINISHED)).toList()) {
                link(file, target.resolve(file.getFileName()));
            }
        }
    }

    private static void link(Path file, Path target) throws IOException {
        if (!Files.exists(target)) {
            try {
                Files.createLink(target, file);
            } catch (NoSuchFileException removed) {
                // Its event was handled meanwhile.
                return;
            }
        }
    }

    @Override
    public byte[] get(StoredLetter.Key key) {
        try {
            return Files.readAllBytes(file(key));
        } catch (NoSuchFileException removed) {
            return null;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** A retry, in contrast to a batch of the processor. */
    @Override
    public boolean isJoining(String queue) {
        return CurrentUnitOfWork.isStarted() && !(CurrentUnitOfWork.get().root() instanceof BatchingUnitOfWork<?>);
    }

    @Override
    public void write(StoredLetter.Key key, byte[] row, Runnable afterwards) {
        Change change = new Change(key, row, afterwards);
        if (isJoining(key.queue())) {
            CurrentUnitOfWork.get()
                    .root()
                    .<List<Change>>getOrComputeResource(PENDING, name -> {
                        List<Change> changes = new ArrayList<>();
                        CurrentUnitOfWork.get().root().afterCommit(work -> {
                            makeDurable.run();
                            changes.forEach(this::apply);
                        });
                        return changes;
                    })
                    .add(change);
        } else {
            apply(change);
        }
    }

    private void apply(Change change) {
        try {
            if (change.row() == null) {
                Files.deleteIfExists(file(change.key()));
            } else {
                write(file(change.key()), change.row());
            }
        } catch (IOException e) {
            throw unusable(e);
        }
        change.afterwards().run();
    }

    private void write(Path file, byte[] row) throws IOException {
        Files.createDirectories(folder);
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(row);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private UncheckedIOException unusable(IOException cause) {
        return new UncheckedIOException("The dead letters in %s cannot be used".formatted(folder), cause);
    }
}
