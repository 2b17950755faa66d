package dev.kontor.query;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyAdded;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.platform.EveryEvent;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.Views;
import dev.kontor.side.platform.SideApplication;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.testsupport.GrpcCalls;
import dev.kontor.testsupport.MemoryMongo;
import dev.kontor.testsupport.TokenForge;
import io.grpc.Channel;
import io.grpc.inprocess.InProcessServerBuilder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Several query sides as in production, in one process: they share only a log and a MongoDB. */
public final class QuerySides implements AutoCloseable {

    public static final int SEGMENTS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = key();

    private final LossyBackend backend = new LossyBackend();
    private final MemoryMongo mongo = new MemoryMongo(backend);
    private final Serializer serializer = StoredJson.of(StoredTypes.events());
    private final EmbeddedStore store;
    private final boolean ownsStore;
    private final TestLog log;
    private final List<Member> members = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    private static String key() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    public QuerySides(Path folder) {
        this(EmbeddedStore.open(folder), true);
    }

    private QuerySides(EmbeddedStore store, boolean ownsStore) {
        this.store = store;
        this.ownsStore = ownsStore;
        this.log = new TestLog(eventStore());
    }

    /** Other query sides, over the same log and another MongoDB. */
    public QuerySides beside() {
        return new QuerySides(store, false);
    }

    private EventStore eventStore() {
        return TestLog.eventStore(store, serializer);
    }

    public Member start() {
        return start(SEGMENTS);
    }

    public Member start(int segments) {
        Member member = new Member(SideApplication.of(QuerySideApplication.class, "query-side")
                .web(WebApplicationType.NONE)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean("eventBus", EventStore.class, this::eventStore))
                .run(
                        "--axon.axonserver.enabled=false",
                        "--spring.mongodb.uri=" + mongo.uri(),
                        "--spring.grpc.server.port=0",
                        "--kontor.views.segments=" + segments,
                        "--logging.level.root=WARN",
                        "--KONTOR_MASTER_KEY=" + KEY,
                        "--KONTOR_GATEWAY_KEY=" + KEY));
        members.add(member);
        return member;
    }

    /** Returns the last one's version. */
    public long write(Object... events) {
        long version = -1;
        for (Object event : events) {
            version = log.append(EveryEvent.aggregateOf(event), event, now);
            now = now.plusMillis(1);
        }
        return version;
    }

    /** MongoDB executes the next such command, but reports a failure. */
    public void loseTheAnswerTo(String command) {
        backend.lost.set(command);
    }

    private static final class LossyBackend extends MemoryBackend {

        private final AtomicReference<String> lost = new AtomicReference<>();

        @Override
        public Document handleMessage(MongoMessage message) {
            Document answer = super.handleMessage(message);
            String awaited = lost.get();
            if (awaited != null && message.getDocument().containsKey(awaited) && lost.compareAndSet(awaited, null)) {
                throw new MongoServerError(91, "ShutdownInProgress", "the server is in shutdown");
            }
            return answer;
        }
    }

    public boolean wasLost() {
        return backend.lost.get() == null;
    }

    public MongoDatabase database() {
        return mongo.database();
    }

    /** The documents of all views, as stored. */
    public Map<String, Map<String, Map<String, Object>>> documents() {
        Map<String, Map<String, Map<String, Object>>> all = new TreeMap<>();
        for (String collection : List.of("catalog", "carts", "orders", "customers", "sessions", "proofs")) {
            Map<String, Map<String, Object>> documents = new TreeMap<>();
            database()
                    .getCollection(collection)
                    .find()
                    .forEach(document -> documents.put(document.getString("_id"), document));
            all.put(collection, documents);
        }
        return all;
    }

    @Override
    public void close() {
        members.forEach(Member::stop);
        mongo.close();
        if (ownsStore) {
            store.close();
        }
    }

    /** Publishes the key of {@link TokenForge}, so that members take its tokens. */
    public void publishKey() {
        String key = Base64.getEncoder().encodeToString(TokenForge.publicKey().getEncoded());
        write(new SigningKeyAdded(TokenForge.KEY_ID, key, now));
    }

    /** One query side. */
    public static final class Member {

        private final ConfigurableApplicationContext context;
        private Channel channel;

        private Member(ConfigurableApplicationContext context) {
            this.context = context;
        }

        public <T> T bean(Class<T> type) {
            return context.getBean(type);
        }

        public PooledStreamingEventProcessor processor(View view) {
            return bean(Configuration.class)
                    .eventProcessingConfiguration()
                    .eventProcessor(view.name(), PooledStreamingEventProcessor.class)
                    .orElseThrow();
        }

        public int segments(View view) {
            return processor(view).processingStatus().size();
        }

        public void awaitSegments(int segments) {
            for (View view : bean(Views.class).stored()) {
                await().atMost(PATIENCE).until(() -> segments(view) == segments);
            }
        }

        /** Calls of this member's services, with their check of tokens, in this process. */
        public Channel as(CustomerId customer) {
            if (channel == null) {
                channel = TestQuerySide.serve(context, InProcessServerBuilder.generateName());
            }
            Instant today = Instant.now();
            String token = TokenForge.honest()
                    .with("sub", customer.value())
                    .lasting(today, today.plusSeconds(600))
                    .token();
            // It verifies no tokens before it knows all revocations.
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> bean(TokenVerifier.class).verify(token) != null);
            return GrpcCalls.withToken(channel, token);
        }

        /** Disconnects it from all stores: it seems dead to the others, and releases nothing. */
        public void cutOff() {
            bean(MongoClient.class).close();
        }

        public void stop() {
            context.close();
        }
    }
}
