package dev.kontor.standalone.platform;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.bson.BsonBinaryWriter;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Edits the views in a data folder row by row, directly in RocksDB. */
final class EditedViews {

    private static final byte VIEW = 1;
    private static final byte TOKEN = 2;
    private static final byte DOCUMENT = 3;
    private static final DocumentCodec BSON = new DocumentCodec();

    private final RocksDB rocks;

    private EditedViews(RocksDB rocks) {
        this.rocks = rocks;
    }

    interface Edit {
        void doTo(EditedViews views) throws RocksDBException;
    }

    static void edit(Path folder, Edit edit) {
        try (Options options = new Options();
                RocksDB rocks =
                        RocksDB.open(options, new DataFolder(folder).views().toString())) {
            edit.doTo(new EditedViews(rocks));
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    void change(String collection, String id, Consumer<Document> change) throws RocksDBException {
        byte[] key = key(collection, id);
        Document document = new RawBsonDocument(rocks.get(key)).decode(BSON);
        change.accept(document);
        rocks.put(key, bytes(document));
    }

    void add(String collection, Document document) throws RocksDBException {
        rocks.put(key(collection, document.getString("_id")), bytes(document));
    }

    void remove(String collection, String id) throws RocksDBException {
        byte[] key = key(collection, id);
        if (rocks.get(key) == null) {
            throw new IllegalStateException("There is no %s %s".formatted(collection, id));
        }
        rocks.delete(key);
    }

    /** Sets the position of a view's token. */
    void token(String view, long position) throws RocksDBException {
        byte[] key = tagged(TOKEN, Arrays.copyOf(text(view), text(view).length + 1 + Integer.BYTES));
        ByteBuffer row = ByteBuffer.wrap(rocks.get(key));
        byte[] type = new byte[row.getShort()];
        row.get(type);
        byte[] json = text("{\"globalIndex\":%d}".formatted(position));
        rocks.put(
                key,
                ByteBuffer.allocate(Short.BYTES + type.length + json.length)
                        .putShort((short) type.length)
                        .put(type)
                        .put(json)
                        .array());
    }

    private byte[] key(String collection, String id) {
        byte[] text = text(id);
        return ByteBuffer.allocate(1 + Integer.BYTES + text.length)
                .put(DOCUMENT)
                .putInt(number(collection))
                .put(text)
                .array();
    }

    /** By the rows that describe the views. */
    private int number(String collection) {
        try (RocksIterator rows = rocks.newIterator()) {
            for (rows.seek(new byte[] {VIEW}); rows.isValid() && rows.key()[0] == VIEW; rows.next()) {
                DataInputStream row = new DataInputStream(new ByteArrayInputStream(rows.value()));
                // The view, its slot, and the schema of the documents.
                row.readUTF();
                row.readUTF();
                row.readUTF();
                row.readLong();
                for (int left = row.readInt(); left > 0; left--) {
                    boolean found = row.readUTF().equals(collection);
                    int number = row.readInt();
                    if (found) {
                        return number;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("There is no collection " + collection);
    }

    private static byte[] tagged(byte tag, byte[] rest) {
        return ByteBuffer.allocate(1 + rest.length).put(tag).put(rest).array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Document document) {
        BasicOutputBuffer out = new BasicOutputBuffer();
        try (BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            BSON.encode(writer, document, EncoderContext.builder().build());
        }
        return out.toByteArray();
    }
}
