package dev.kontor.store.documents;

import dev.kontor.store.OneProcessTokenStore;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventhandling.TrackingToken;

/** Stores the tokens of views beside their documents. */
public final class DocumentTokenStore extends OneProcessTokenStore {

    private final DocumentStore store;

    public DocumentTokenStore(DocumentStore store) {
        this.store = store;
    }

    @Override
    protected void storeAll(String processor, int segments, TrackingToken token) {
        store.write(writes -> {
            for (int segment = 0; segment < segments; segment++) {
                writes.token(processor, segment, token);
            }
        });
    }

    @Override
    public void storeToken(TrackingToken token, String processor, int segment) {
        store.write(writes -> writes.token(processor, segment, token));
    }

    @Override
    protected Optional<TrackingToken> find(String processor, int segment) {
        Map<Integer, TrackingToken> tokens = store.tokens(processor);
        return tokens.containsKey(segment) ? Optional.ofNullable(tokens.get(segment)) : null;
    }

    @Override
    public void deleteToken(String processor, int segment) {
        store.write(writes -> writes.deleteToken(processor, segment));
    }

    @Override
    public int[] fetchSegments(String processor) {
        return store.tokens(processor).keySet().stream()
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    @Override
    public Optional<String> retrieveStorageIdentifier() {
        return Optional.of(store.identifier());
    }
}
