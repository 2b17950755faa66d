package dev.kontor.side.platform;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live instances of both sides, in a collection of documents {@code {_id, side, since, seen, feeds}}. Each instance
 * updates its own document every second and reads all. An instance whose document has not changed in {@value #LOOKS}
 * reads in a row is gone: its claims are freed and its document is removed. Clocks of different instances are never
 * compared, and a failed read does not count: while MongoDB is away, no instance is declared gone. Thread-safe.
 */
public final class ClusterMembers implements AutoCloseable {

    static final int LOOKS = 5;
    static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration UNTIL_STOPPED = Duration.ofSeconds(1);
    static final String COLLECTION = "instances";

    private static final Logger log = LoggerFactory.getLogger(ClusterMembers.class);

    private static final String ID = "_id";
    private static final String SIDE = "side";
    private static final String SINCE = "since";
    private static final String SEEN = "seen";
    private static final String FEEDS = "feeds";

    private final MongoCollection<Document> documents;
    private final ClusterMember self;
    private final SharedTokens tokens;
    private final Supplier<Set<String>> feeds;
    private final Clock clock;
    private final Map<String, Watched> watched = new HashMap<>();
    private final RepeatedLook looking = new RepeatedLook(
            "instances-look",
            this::look,
            failure -> log.warn("the live instances cannot be determined: {}", failure.toString()));

    private volatile List<Member> alive = List.of();
    private volatile boolean leaving;

    /** @param feeds the event processors it can run at the moment */
    record Member(ClusterMember instance, Set<String> feeds) {

        boolean feeds(String processor) {
            return feeds.contains(processor);
        }
    }

    private record Watched(Object seen, int unchanged) {}

    /** @param feeds supplies the event processors that run here without error */
    public ClusterMembers(
            MongoDatabase database, ClusterMember self, SharedTokens tokens, Supplier<Set<String>> feeds, Clock clock) {
        this.documents = database.getCollection(COLLECTION);
        this.self = self;
        this.tokens = tokens;
        this.feeds = feeds;
        this.clock = clock;
    }

    public void start() {
        looking.start(BETWEEN_LOOKS);
    }

    /** The live instances of this side including this one, the oldest first. Empty until the first read. */
    List<Member> ofThisSide() {
        return alive;
    }

    /** Whether this instance is alive, as far as is known here. */
    public boolean isAlive(String instanceId) {
        return alive.stream().anyMatch(member -> member.instance().id().equals(instanceId));
    }

    /** Runs on one thread. */
    void look() {
        showSelf();
        List<Document> all = documents.find().into(new java.util.ArrayList<>());
        watched.keySet().retainAll(all.stream().map(each -> each.getString(ID)).toList());
        all.removeIf(this::isGone);
        alive = all.stream()
                .map(ClusterMembers::member)
                .filter(member -> member.instance().side().equals(self.side()))
                .sorted(Comparator.comparing(
                                (Member member) -> member.instance().since())
                        .thenComparing(member -> member.instance().id()))
                .toList();
    }

    private void showSelf() {
        documents.updateOne(
                Filters.eq(ID, self.id()),
                Updates.combine(
                        Updates.set(SIDE, self.side()),
                        Updates.set(SINCE, Date.from(self.since())),
                        Updates.set(SEEN, Date.from(clock.instant())),
                        Updates.set(FEEDS, leaving ? List.of() : List.copyOf(feeds.get()))),
                new UpdateOptions().upsert(true));
    }

    private boolean isGone(Document document) {
        String id = document.getString(ID);
        Object seen = document.get(SEEN);
        Watched now = watched.merge(
                id,
                new Watched(seen, 0),
                (before, fresh) -> before.seen().equals(seen) ? new Watched(seen, before.unchanged() + 1) : fresh);
        if (id.equals(self.id()) || now.unchanged() < LOOKS) {
            return false;
        }
        if (document.getString(SIDE).equals(self.side())) {
            log.warn("{} is gone; its claims are free", id);
            tokens.free(id);
            // Keeps the document of an instance that has come back meanwhile.
            documents.deleteOne(Filters.and(Filters.eq(ID, id), Filters.eq(SEEN, seen)));
            watched.remove(id);
        }
        return true;
    }

    private static Member member(Document document) {
        return new Member(
                new ClusterMember(
                        document.getString(ID),
                        document.getString(SIDE),
                        document.getDate(SINCE).toInstant()),
                Set.copyOf(document.getList(FEEDS, String.class)));
    }

    /** From now on the other instances take over its segments. It still counts as alive, because it has claims. */
    public void leave() {
        leaving = true;
        looking.lookNow();
    }

    /** To be called once nothing is claimed any more. */
    @Override
    public void close() {
        try {
            if (!looking.stop(UNTIL_STOPPED)) {
                log.warn("the check of the instances does not end");
            }
            documents.deleteOne(Filters.eq(ID, self.id()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("{} leaves without notice, the other instances will detect it: {}", self.id(), e.toString());
        }
    }
}
