package dev.kontor.store;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.UnableToInitializeTokenException;
import org.axonframework.serialization.Serializer;

/**
 * Tokens in the book. One stored while a batch is handled becomes durable with everything else the batch writes, or not
 * at all. Claims need no rows: one process has the book.
 */
public final class BookTokenStore implements TokenStore {

    private static final String IDENTIFIER = "storage-identifier";

    private final Book book;
    private final Serializer serializer;
    private final ConcurrentHashMap<String, Optional<TrackingToken>> tokens = new ConcurrentHashMap<>();
    private final String identifier;

    public BookTokenStore(Book book, Serializer serializer) {
        this.book = book;
        this.serializer = serializer;
        book.readAll(Columns.TOKENS, (key, row) -> {
            if (!key.equals(IDENTIFIER)) {
                tokens.put(key, row.length == 0 ? Optional.empty() : Optional.of(Stored.decode(row).read(serializer)));
            }
        });
        this.identifier = identify();
    }

    private String identify() {
        byte[] present = book.get(Columns.TOKENS, Keys.text(IDENTIFIER));
        if (present != null) {
            return Keys.text(present);
        }
        String fresh = UUID.randomUUID().toString();
        book.write(pending -> pending.row(Columns.TOKENS, IDENTIFIER, Keys.text(fresh)));
        return fresh;
    }

    private static String key(String processor, int segment) {
        return processor + "/" + segment;
    }

    @Override
    public void initializeTokenSegments(String processor, int segments) {
        initializeTokenSegments(processor, segments, null);
    }

    @Override
    public void initializeTokenSegments(String processor, int segments, TrackingToken initialToken) {
        if (fetchSegments(processor).length > 0) {
            throw new UnableToClaimTokenException("Processor " + processor + " has segments already");
        }
        for (int segment = 0; segment < segments; segment++) {
            storeToken(initialToken, processor, segment);
        }
    }

    @Override
    public void initializeSegment(TrackingToken token, String processor, int segment) {
        if (tokens.containsKey(key(processor, segment))) {
            throw new UnableToInitializeTokenException(
                    "Segment " + segment + " of processor " + processor + " is there already");
        }
        storeToken(token, processor, segment);
    }

    @Override
    public void storeToken(TrackingToken token, String processor, int segment) {
        String key = key(processor, segment);
        byte[] row = token == null ? new byte[0] : Stored.of(token, Set.of(), serializer).encode();
        book.write(pending -> {
            pending.row(Columns.TOKENS, key, row);
            pending.afterwards(() -> tokens.put(key, Optional.ofNullable(token)));
        });
    }

    @Override
    public TrackingToken fetchToken(String processor, int segment) {
        String key = key(processor, segment);
        PendingWrites.Row pending = PendingWrites.peek(book.committer(), new PendingWrites.RowKey(Columns.TOKENS, key))
                .orElse(null);
        if (pending != null && pending.value() != null) {
            return pending.value().length == 0 ? null : Stored.decode(pending.value()).read(serializer);
        }
        Optional<TrackingToken> token = tokens.get(key);
        if (token == null) {
            throw new UnableToClaimTokenException(
                    "Processor " + processor + " has no segment " + segment + "; it must be initialized first");
        }
        return token.orElse(null);
    }

    @Override
    public void extendClaim(String processor, int segment) {
        fetchToken(processor, segment);
    }

    @Override
    public void releaseClaim(String processor, int segment) {
        // The process itself is the claim.
    }

    @Override
    public void deleteToken(String processor, int segment) {
        String key = key(processor, segment);
        book.write(pending -> {
            pending.row(Columns.TOKENS, key, null);
            pending.afterwards(() -> tokens.remove(key));
        });
    }

    @Override
    public boolean requiresExplicitSegmentInitialization() {
        return true;
    }

    @Override
    public int[] fetchSegments(String processor) {
        String prefix = processor + "/";
        return tokens.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .mapToInt(key -> Integer.parseInt(key.substring(prefix.length())))
                .sorted()
                .toArray();
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processor) {
        int[] segments = fetchSegments(processor);
        return Arrays.stream(segments)
                .mapToObj(segment -> Segment.computeSegment(segment, segments))
                .toList();
    }

    @Override
    public Optional<String> retrieveStorageIdentifier() {
        return Optional.of(identifier);
    }
}
