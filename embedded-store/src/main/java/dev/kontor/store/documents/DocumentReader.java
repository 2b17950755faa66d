package dev.kontor.store.documents;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;

/**
 * Reads the rows of the views' live generations without a writer: of a stopped store, or of a checkpoint. Changes
 * nothing.
 */
public final class DocumentReader implements AutoCloseable {

    private final ViewDatabase rows;
    /** The live generation of each view, by the view's name. */
    private final Map<String, StoredView> views = new TreeMap<>();
    /** The collections with documents, with their numbers. */
    private final Map<String, Integer> collections = new TreeMap<>();

    private DocumentReader(ViewDatabase rows) {
        this.rows = rows;
        read(RowKeys.views(), (key, row) -> {
            StoredView view = StoredView.decode(row);
            if (view.slot().equals(live(view.view()))) {
                views.put(view.view(), view);
            }
        });
        views.values()
                .forEach(view -> view.collections().forEach((collection, number) -> {
                    RowKeys.Range all = RowKeys.documents(number);
                    if (!rows.walk(all.from(), all.to(), false, (key, row, sameMoment) -> false)) {
                        collections.put(collection, number);
                    }
                }));
    }

    private String live(String view) {
        byte[] slot = rows.get(RowKeys.live(view));
        return slot == null ? DeclaredView.FIRST_SLOT : new String(slot, StandardCharsets.UTF_8);
    }

    private void read(RowKeys.Range range, BiConsumer<byte[], byte[]> reader) {
        rows.walk(range.from(), range.to(), false, (key, row, sameMoment) -> {
            reader.accept(key, row);
            return true;
        });
    }

    /** @throws ViewFilesException if there are no views, or they cannot be opened */
    public static DocumentReader open(Path folder) {
        if (!Files.exists(folder.resolve(ViewFiles.CURRENT))) {
            throw new ViewFilesException("There are no views in " + folder);
        }
        if (Files.exists(folder.resolve(ViewFiles.CONDEMNED))) {
            throw new ViewFilesException("The views in %s are discarded by the next start".formatted(folder));
        }
        ViewDatabase rows = null;
        try {
            rows = ViewDatabase.readOnly(folder);
            return new DocumentReader(rows);
        } catch (RocksDBException | RuntimeException e) {
            if (rows != null) {
                rows.close();
            }
            throw e instanceof RuntimeException ours
                    ? ours
                    : new ViewFilesException(
                            "The views in %s cannot be opened: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** The names of the collections with documents. */
    public Set<String> collections() {
        return Set.copyOf(collections.keySet());
    }

    /**
     * Reads every stored document, in the order of the ids.
     *
     * @throws ViewFilesException if one cannot be read: none is ever left out
     */
    public void forEach(String collection, Consumer<byte[]> reader) {
        Integer number = collections.get(collection);
        if (number != null) {
            read(RowKeys.documents(number), (key, document) -> reader.accept(document));
        }
    }

    /**
     * The token of each segment of each view, by the view's name; null for the beginning of the log. A view that has
     * just started over is at the beginning: it has no token until its processor writes one.
     */
    public void tokens(BiConsumer<String, byte[]> reader) {
        views.forEach((view, stored) -> {
            List<byte[]> tokens = new ArrayList<>();
            read(RowKeys.tokens(view + stored.slot()), (key, row) -> {
                TokenRow token = TokenRow.decode(row);
                tokens.add(token == null ? null : token.token());
            });
            if (tokens.isEmpty()) {
                tokens.add(null);
            }
            tokens.forEach(token -> reader.accept(view, token));
        });
    }

    /** Reads the rows of all dead letters. */
    public void letters(Consumer<byte[]> reader) {
        read(RowKeys.letters(), (key, row) -> reader.accept(row));
    }

    @Override
    public void close() {
        rows.close();
    }
}
