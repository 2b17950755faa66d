package dev.kontor.side.customer;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import dev.kontor.api.customer.KeyDestroyedException;
import dev.kontor.api.customer.KeyRing;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * The key ring in MongoDB: one document {@code {_id, wrapped}} per key, {@code {_id, destroyed: true}} for a destroyed
 * one. The collection must write and read with majority, so that a destroyed key does not come back with an old
 * primary. MongoDB's own files hold the bytes of a destroyed key until they are overwritten: see docs/security.md.
 */
public final class MongoKeyRing implements KeyRing {

    public static final String COLLECTION = "keys";

    private static final String WRAPPED = "wrapped";
    private static final String DESTROYED = "destroyed";
    private static final int DUPLICATE_KEY = 11000;

    private final MongoCollection<Document> keys;

    public MongoKeyRing(MongoDatabase database) {
        this.keys = database.getCollection(COLLECTION);
    }

    @Override
    public Optional<byte[]> find(String keyId) {
        return Optional.ofNullable(keys.find(Filters.eq("_id", keyId)).first())
                .map(key -> key.get(WRAPPED, Binary.class))
                .map(Binary::getData);
    }

    @Override
    public byte[] putIfAbsent(String keyId, byte[] wrapped) {
        try {
            keys.insertOne(new Document("_id", keyId).append(WRAPPED, new Binary(wrapped)));
            return wrapped;
        } catch (MongoWriteException e) {
            if (e.getError().getCode() != DUPLICATE_KEY) {
                throw e;
            }
            return find(keyId).orElseThrow(KeyDestroyedException::new);
        }
    }

    @Override
    public void forget(String keyId) {
        keys.deleteOne(Filters.and(Filters.eq("_id", keyId), Filters.exists(WRAPPED)));
    }

    @Override
    public void destroy(String keyId) {
        keys.replaceOne(
                Filters.eq("_id", keyId),
                new Document("_id", keyId).append(DESTROYED, true),
                new ReplaceOptions().upsert(true));
    }

    /** Replaces a key if it is unchanged, and returns whether it did. */
    public boolean replace(String keyId, byte[] before, byte[] wrapped) {
        return keys.updateOne(
                                Filters.and(Filters.eq("_id", keyId), Filters.eq(WRAPPED, new Binary(before))),
                                Updates.set(WRAPPED, new Binary(wrapped)))
                        .getMatchedCount()
                == 1;
    }

    /** Passes every key with its name; the key is empty where it was destroyed. */
    public void forEach(BiConsumer<String, Optional<byte[]>> reader) {
        keys.find()
                .forEach(key -> reader.accept(
                        key.getString("_id"),
                        Optional.ofNullable(key.get(WRAPPED, Binary.class)).map(Binary::getData)));
    }
}
