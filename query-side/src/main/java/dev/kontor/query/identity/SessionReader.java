package dev.kontor.query.identity;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.model.Sorts;
import dev.kontor.api.identity.SessionQuery.AwaitRevoked;
import dev.kontor.api.identity.SessionQuery.ListSessions;
import dev.kontor.api.identity.SessionQuery.OpenSessions;
import dev.kontor.api.identity.SessionQuery.VoidBelow;
import dev.kontor.api.identity.SessionView;
import dev.kontor.api.operations.PageAfter;
import dev.kontor.query.Arrivals;
import dev.kontor.query.Paging;
import dev.kontor.query.View;
import dev.kontor.query.ViewStore;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** Answers questions about sessions. */
@Component
class SessionReader {

    private final ViewStore store;
    private final Arrivals arrivals;
    private final SessionDocument documents;

    SessionReader(ViewStore store, Arrivals arrivals, SessionDocument documents) {
        this.store = store;
        this.arrivals = arrivals;
        this.documents = documents;
    }

    @QueryHandler
    OpenSessions handle(ListSessions query) {
        if (query.including() != null) {
            arrivals.read(
                    query.atMost(),
                    watch -> {
                        watch.on(View.SESSIONS, query.including());
                        return store.find(View.SESSIONS, query.including());
                    },
                    session -> session.isPresent());
        }
        String customer = query.customerId().value();
        List<Document> found = store.collection(View.SESSIONS)
                .find(and(
                        eq(SessionDocument.CUSTOMER_ID, customer),
                        eq(SessionDocument.OPEN, true),
                        gt(SessionDocument.EXPIRES_AT, query.at().toEpochMilli()),
                        gte(SessionDocument.PROOF, proof(customer).get(SessionDocument.PROOF, 0L)),
                        remaining(query.after())))
                .sort(Sorts.descending(SessionDocument.USED_AT, "_id"))
                .limit(query.size() + 1)
                .into(new ArrayList<>());
        // The proof is read once more, and last: what it voids is left out, whenever it came.
        Document proof = proof(customer);
        List<SessionView> open = found.stream()
                .limit(query.size())
                .filter(session -> SessionDocument.isOpen(session, proof, query.at()))
                .map(documents::read)
                .toList();
        return new OpenSessions(open, found.size() > query.size() ? endOf(found.get(query.size() - 1)) : null);
    }

    /** Empty where there is none yet. */
    private Document proof(String customer) {
        return store.find(View.PROOFS, customer).orElseGet(Document::new);
    }

    private static Bson remaining(PageAfter after) {
        if (after == null) {
            return empty();
        }
        long usedAt = Paging.number(after);
        return or(lt(SessionDocument.USED_AT, usedAt), and(eq(SessionDocument.USED_AT, usedAt), lt("_id", after.id())));
    }

    private static PageAfter endOf(Document last) {
        return new PageAfter(last.getLong(SessionDocument.USED_AT).toString(), last.getString("_id"));
    }

    @QueryHandler
    boolean handle(AwaitRevoked query) {
        return arrivals.read(query.atMost(), watch -> showsAll(query, watch), shown -> shown);
    }

    private boolean showsAll(AwaitRevoked query, Arrivals.Watch watch) {
        query.sessionIds().forEach(id -> watch.on(View.SESSIONS, id));
        query.voided().forEach(below -> watch.on(View.PROOFS, below.customerId()));
        return query.sessionIds().stream().allMatch(this::isRevoked)
                && query.voided().stream().allMatch(this::isVoid);
    }

    private boolean isRevoked(String sessionId) {
        return store.find(View.SESSIONS, sessionId)
                .map(session -> !session.getBoolean(SessionDocument.OPEN))
                .orElse(false);
    }

    private boolean isVoid(VoidBelow below) {
        return SessionDocument.isVoidBelow(
                store.find(View.PROOFS, below.customerId()).orElse(null), below.version());
    }
}
