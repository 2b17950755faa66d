package dev.kontor.side.platform;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.extensions.mongo.DefaultMongoTemplate;
import org.axonframework.extensions.mongo.eventsourcing.tokenstore.MongoTokenStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * The tokens of one side's event processors in MongoDB, shared by all instances of the side. A token is a document
 * {@code {processorName, segment, owner, timestamp, token, tokenType}} with a unique index on the first two.
 */
public final class SharedTokens implements StorePreparation {

    /**
     * A claim that was not renewed for this long is free for any instance. The timestamps come from the clocks of two
     * processes, which must not differ by more than a tenth of it. It is only the last resort: {@link ClusterMembers}
     * detects a gone instance earlier, without comparing clocks.
     */
    static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(20);

    private static final String PROCESSOR = "processorName";
    private static final String SEGMENT = "segment";
    private static final String OWNER = "owner";
    private static final String TOKEN = "token";
    private static final String TYPE = "tokenType";

    private final MongoCollection<Document> tokens;
    private final Serializer serializer;
    private final TokenStore store;

    /** @param collection for the tokens of this side only */
    public SharedTokens(MongoDatabase database, String collection, Serializer serializer, ClusterMember instance) {
        this.tokens = database.getCollection(collection);
        this.serializer = serializer;
        this.store = DocumentsFirstTokenStore.over(MongoTokenStore.builder()
                .mongoTemplate(DefaultMongoTemplate.builder()
                        .mongoDatabase(database)
                        .trackingTokensCollectionName(collection)
                        .build())
                .serializer(serializer)
                .nodeId(instance.id())
                .claimTimeout(CLAIM_TIMEOUT)
                .ensureIndexes(false)
                .build());
    }

    @Override
    public void prepare() {
        tokens.createIndex(Indexes.ascending(PROCESSOR, SEGMENT), new IndexOptions().unique(true));
    }

    public TokenStore store() {
        return store;
    }

    /**
     * The stored token of each segment of a processor, whichever instance owns it: up to a second old. A token is empty
     * for a segment that begins at the start of the log; the list is empty if the processor never ran. Claims nothing.
     */
    public List<Optional<TrackingToken>> of(String processor) {
        return tokens.find(Filters.eq(PROCESSOR, processor)).map(this::token).into(new ArrayList<>());
    }

    /** All segments of a processor, in their order, up to a second old. Claims nothing. */
    List<RegisteredProcessors.Segment> segmentsOf(String processor) {
        return tokens.find(Filters.eq(PROCESSOR, processor))
                .sort(Sorts.ascending(SEGMENT))
                .map(token -> new RegisteredProcessors.Segment(
                        token.getInteger(SEGMENT),
                        Optional.ofNullable(token.getString(OWNER)),
                        token(token).orElse(null)))
                .into(new ArrayList<>());
    }

    /** Whether all segments of a processor have read up to this token. */
    public boolean cover(String processor, TrackingToken due) {
        List<Optional<TrackingToken>> segments = of(processor);
        return !segments.isEmpty()
                && segments.stream()
                        .allMatch(segment ->
                                segment.filter(token -> token.covers(due)).isPresent());
    }

    Map<String, Integer> segments() {
        Map<String, Integer> segments = new HashMap<>();
        tokens.find()
                .projection(Projections.include(PROCESSOR))
                .forEach(token -> segments.merge(token.getString(PROCESSOR), 1, Integer::sum));
        return segments;
    }

    /** Resets all segments of a processor to the beginning of the log. Their owners keep them. */
    public void toBeginning(String processor) {
        tokens.updateMany(
                Filters.eq(PROCESSOR, processor), Updates.combine(Updates.set(TOKEN, null), Updates.set(TYPE, null)));
    }

    /** Releases the claims of another instance. */
    void free(String instanceId) {
        tokens.updateMany(Filters.eq(OWNER, instanceId), Updates.set(OWNER, null));
    }

    private Optional<TrackingToken> token(Document document) {
        return Optional.ofNullable(document.get(TOKEN, Binary.class))
                .map(data -> serializer.deserialize(
                        new SimpleSerializedObject<>(data.getData(), byte[].class, document.getString(TYPE), null)));
    }
}
