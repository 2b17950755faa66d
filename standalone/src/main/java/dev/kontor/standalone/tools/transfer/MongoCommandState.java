package dev.kontor.standalone.tools.transfer;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import dev.kontor.command.order.MongoUndecidedOrders;
import dev.kontor.command.platform.MongoSagas;
import dev.kontor.command.platform.OrderProcessing;
import dev.kontor.standalone.tools.axonserver.SidesDatabase;
import dev.kontor.standalone.tools.console.ToolException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.extensions.mongo.DefaultMongoTemplate;
import org.axonframework.extensions.mongo.eventsourcing.tokenstore.MongoTokenStore;
import org.axonframework.serialization.SimpleSerializedObject;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * The command side's state beside the log in MongoDB. Its token is written last: a command side without a token ignores
 * the rest, and so does a second attempt of an interrupted move.
 */
final class MongoCommandState {

    private static final String TOKENS = "command_tokens";
    /** The command side's own number. Each segment sees every event and handles the sagas whose id it owns. */
    private static final int SEGMENTS = 4;

    /** The owner of a token renews it every few seconds. */
    private static final Duration UNTIL_LET_GO = Duration.ofMinutes(1);

    private final MongoDatabase database;
    private final String name;
    private final Clock clock;

    MongoCommandState(SidesDatabase mongo, Clock clock) {
        this.database = mongo.database();
        this.name = mongo.name();
        this.clock = clock;
    }

    private MongoSagas sagas() {
        return new MongoSagas(database, CommandStateCodec.SERIALIZER);
    }

    private List<Document> places() {
        return database.getCollection(TOKENS)
                .find(Filters.eq("processorName", OrderProcessing.GROUP))
                .into(new ArrayList<>());
    }

    /** Whether a command side has a token here, or a move was completed. */
    boolean isThere() {
        return !places().isEmpty();
    }

    /** @throws ToolException where a command side runs, or the segments of its processor have different positions */
    CommandState read() {
        refuseRunning();
        Set<TrackingToken> at = new HashSet<>();
        places().forEach(place -> at.add(token(place)));
        if (at.size() > 1) {
            throw new ToolException(
                    "The command sides were stopped before the end of the log: %s. Start one, let it read to the end of the log, and stop it"
                            .formatted(at));
        }
        MongoSagas sagas = sagas();
        return CommandState.of(
                at.isEmpty() ? null : at.iterator().next(), sagas.ids(), sagas, new MongoUndecidedOrders(database));
    }

    private void refuseRunning() {
        for (Document token : database.getCollection(TOKENS).find()) {
            if (token.getString("owner") != null
                    && clock.instant()
                            .isBefore(Instant.ofEpochMilli(token.getLong("timestamp"))
                                    .plus(UNTIL_LET_GO))) {
                throw new ToolException(
                        "A command side works on %s: %s holds %s. Stop it, and after a crash wait a minute"
                                .formatted(name, token.getString("owner"), token.getString("processorName")));
            }
        }
    }

    private static TrackingToken token(Document place) {
        Binary token = place.get("token", Binary.class);
        return token == null
                ? null
                : CommandStateCodec.SERIALIZER.deserialize(new SimpleSerializedObject<>(
                        token.getData(), byte[].class, place.getString("tokenType"), null));
    }

    /** @throws ToolException where the state reads back differently */
    void write(CommandState state) {
        for (String left : List.of(MongoSagas.COLLECTION, MongoUndecidedOrders.COLLECTION)) {
            database.getCollection(left).deleteMany(new Document());
        }
        state.put(sagas(), new MongoUndecidedOrders(database));
        long there = count(database.getCollection(MongoSagas.COLLECTION))
                + count(database.getCollection(MongoUndecidedOrders.COLLECTION));
        if (there != state.sagas().size() + state.undecidedOrders().size()) {
            throw new ToolException("Another process writes to %s".formatted(name));
        }
        if (state.ordersAt() != null) {
            MongoTokenStore.builder()
                    .mongoTemplate(DefaultMongoTemplate.builder()
                            .mongoDatabase(database)
                            .trackingTokensCollectionName(TOKENS)
                            .build())
                    .serializer(CommandStateCodec.SERIALIZER)
                    .nodeId("kontor-tool")
                    .build()
                    .initializeTokenSegments(OrderProcessing.GROUP, SEGMENTS, state.ordersAt());
        }
    }

    private static long count(MongoCollection<Document> collection) {
        return collection.countDocuments();
    }
}
