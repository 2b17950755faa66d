package dev.kontor.store;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;

/**
 * Stores tokens in the embedded store. A token stored while a batch is handled is committed atomically with the batch's
 * other writes. The process has one token store of this kind.
 */
public final class EmbeddedTokenStore extends OneProcessTokenStore {

    private static final String IDENTIFIER = "storage-identifier";

    private final EmbeddedStore store;
    private final Serializer serializer;
    private final ConcurrentHashMap<String, Optional<TrackingToken>> tokens = new ConcurrentHashMap<>();
    private final String identifier;

    public EmbeddedTokenStore(EmbeddedStore store, Serializer serializer) {
        this.store = store;
        this.serializer = serializer;
        store.readAll(ColumnFamilies.TOKENS, (key, row) -> {
            if (!key.equals(IDENTIFIER)) {
                tokens.put(
                        key,
                        row.length == 0
                                ? Optional.empty()
                                : Optional.of(StoredObject.decode(row).read(serializer)));
            }
        });
        this.identifier = identify();
    }

    private String identify() {
        byte[] present = store.get(ColumnFamilies.TOKENS, KeyEncoding.text(IDENTIFIER));
        if (present != null) {
            return KeyEncoding.text(present);
        }
        String fresh = UUID.randomUUID().toString();
        store.write(pending -> pending.row(ColumnFamilies.TOKENS, IDENTIFIER, KeyEncoding.text(fresh), null));
        return fresh;
    }

    private static String key(String processor, int segment) {
        return processor + "/" + segment;
    }

    @Override
    protected void storeAll(String processor, int segments, TrackingToken token) {
        byte[] row = encode(token);
        store.write(pending -> {
            for (int segment = 0; segment < segments; segment++) {
                put(pending, key(processor, segment), row, token);
            }
        });
    }

    @Override
    public void storeToken(TrackingToken token, String processor, int segment) {
        String key = key(processor, segment);
        byte[] row = encode(token);
        store.write(pending -> put(pending, key, row, token));
    }

    private byte[] encode(TrackingToken token) {
        return token == null
                ? new byte[0]
                : StoredObject.of(token, Set.of(), serializer).encode();
    }

    private void put(UnitOfWorkWrites pending, String key, byte[] row, TrackingToken token) {
        Optional<TrackingToken> stored = Optional.ofNullable(token);
        pending.row(ColumnFamilies.TOKENS, key, row, stored);
        pending.afterwards(() -> tokens.put(key, stored));
    }

    @Override
    protected Optional<TrackingToken> find(String processor, int segment) {
        String key = key(processor, segment);
        UnitOfWorkWrites.Row pending = UnitOfWorkWrites.peek(store.committer(), ColumnFamilies.TOKENS, key)
                .orElse(null);
        return pending == null ? tokens.get(key) : tokenIn(pending);
    }

    @SuppressWarnings("unchecked") // only put() makes such rows
    private static Optional<TrackingToken> tokenIn(UnitOfWorkWrites.Row row) {
        return (Optional<TrackingToken>) row.object();
    }

    @Override
    public void deleteToken(String processor, int segment) {
        String key = key(processor, segment);
        store.write(pending -> {
            pending.row(ColumnFamilies.TOKENS, key, null, null);
            pending.afterwards(() -> tokens.remove(key));
        });
    }

    @Override
    public int[] fetchSegments(String processor) {
        Set<String> keys = new HashSet<>(tokens.keySet());
        for (UnitOfWorkWrites.Row row : UnitOfWorkWrites.peekAll(store.committer(), ColumnFamilies.TOKENS)) {
            if (row.value() == null) {
                keys.remove(row.key());
            } else {
                keys.add(row.key());
            }
        }
        // The last slash ends the name: a processor's name may contain slashes.
        return keys.stream()
                .filter(key -> key.lastIndexOf('/') == processor.length() && key.startsWith(processor))
                .mapToInt(key -> Integer.parseInt(key.substring(processor.length() + 1)))
                .sorted()
                .toArray();
    }

    @Override
    public Optional<String> retrieveStorageIdentifier() {
        return Optional.of(identifier);
    }
}
