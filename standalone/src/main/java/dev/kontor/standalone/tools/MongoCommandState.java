package dev.kontor.standalone.tools;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import dev.kontor.command.order.MongoOpenOrders;
import dev.kontor.command.order.PlaceOrderSaga;
import dev.kontor.command.platform.MongoSagas;
import dev.kontor.command.platform.OrderProcessing;
import dev.kontor.standalone.tools.CommandState.OpenSaga;
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
 * What the command side keeps beside the log in MongoDB. Its place in the log comes last: a command side that has none takes
 * whatever else is there for nothing, and so does a second try of a move that was broken off.
 */
final class MongoCommandState {

    private static final String TOKENS = "command_tokens";
    /** As many as the command side makes by itself. Each sees every event, and takes the sagas whose id is its own. */
    private static final int SEGMENTS = 4;

    /** Who holds a token renews it every few seconds. */
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

    /** Whether a command side has a place in the log here, or a move was ended. */
    boolean isThere() {
        return !places().isEmpty();
    }

    /** @throws ToolException where a command side runs, or the segments of its processor are not at one place */
    CommandState read() {
        refuseRunning();
        Set<TrackingToken> at = new HashSet<>();
        places().forEach(place -> at.add(token(place)));
        if (at.size() > 1) {
            throw new ToolException(
                    "The command sides were stopped in the middle: %s. Start one, let it read to the end of the log, and stop it"
                            .formatted(at));
        }
        MongoSagas sagas = sagas();
        return new CommandState(
                at.isEmpty() ? null : at.iterator().next(),
                sagas.ids().stream()
                        .sorted()
                        .map(id -> CommandStateCodec.saga(id, sagas.loadSaga(PlaceOrderSaga.class, id)))
                        .toList(),
                new MongoOpenOrders(database).all());
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

    /** @throws ToolException where it does not come back as it was given */
    void write(CommandState state) {
        for (String left : List.of(MongoSagas.COLLECTION, MongoOpenOrders.COLLECTION)) {
            database.getCollection(left).deleteMany(new Document());
        }
        MongoSagas sagas = sagas();
        for (OpenSaga open : state.sagas()) {
            sagas.insertSaga(PlaceOrderSaga.class, open.id(), open.saga(), open.associations());
        }
        MongoOpenOrders openOrders = new MongoOpenOrders(database);
        state.openOrders().forEach(openOrders::put);
        long there = count(database.getCollection(MongoSagas.COLLECTION))
                + count(database.getCollection(MongoOpenOrders.COLLECTION));
        if (there != state.sagas().size() + state.openOrders().size()) {
            throw new ToolException("Somebody else writes to %s".formatted(name));
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
