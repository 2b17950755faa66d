package dev.kontor.side.platform;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
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
 * The tokens of one side's event processors in MongoDB, where all instances of the side find them. A token is a
 * document {@code {processorName, segment, owner, timestamp, token, tokenType}}; the two first are a unique index.
 */
public final class SharedTokens implements StorePreparation {

    /**
     * A claim that was not renewed for so long is anybody's. It is measured by the clocks of two processes, which must
     * not differ by more than a tenth of it. It is the last resort only: {@link ClusterMembers} sees earlier, and by no
     * clock of another, who is gone.
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

    /** @param collection of this side's tokens alone */
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

    /** For this instance's processors. */
    public TokenStore store() {
        return store;
    }

    /**
     * Where each segment of a processor stands, whoever works on it, by what is stored: up to a second behind. Empty
     * for one that begins at the log's tail. No claim is asked for. None at all where the processor never ran.
     */
    public List<Optional<TrackingToken>> of(String processor) {
        return tokens.find(Filters.eq(PROCESSOR, processor)).map(this::token).into(new ArrayList<>());
    }

    /** Whether all segments of a processor have read up to here. */
    public boolean cover(String processor, TrackingToken due) {
        List<Optional<TrackingToken>> segments = of(processor);
        return !segments.isEmpty()
                && segments.stream()
                        .allMatch(segment ->
                                segment.filter(token -> token.covers(due)).isPresent());
    }

    /** How many segments each processor has. */
    Map<String, Integer> segments() {
        Map<String, Integer> segments = new HashMap<>();
        tokens.find()
                .projection(Projections.include(PROCESSOR))
                .forEach(token -> segments.merge(token.getString(PROCESSOR), 1, Integer::sum));
        return segments;
    }

    /** Sets all segments of a processor back to the beginning of the log, with whom they are. */
    public void toBeginning(String processor) {
        tokens.updateMany(
                Filters.eq(PROCESSOR, processor), Updates.combine(Updates.set(TOKEN, null), Updates.set(TYPE, null)));
    }

    /** Lets go of what an instance had claimed, in its stead. */
    void free(String instanceId) {
        tokens.updateMany(Filters.eq(OWNER, instanceId), Updates.set(OWNER, null));
    }

    private Optional<TrackingToken> token(Document document) {
        return Optional.ofNullable(document.get(TOKEN, Binary.class))
                .map(data -> serializer.deserialize(
                        new SimpleSerializedObject<>(data.getData(), byte[].class, document.getString(TYPE), null)));
    }
}
