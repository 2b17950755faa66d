package dev.kontor.query.identity;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;

import dev.kontor.api.identity.SessionQuery.AwaitRevoked;
import dev.kontor.api.identity.SessionQuery.ListSessions;
import dev.kontor.api.identity.SessionQuery.OpenSessions;
import dev.kontor.api.identity.SessionQuery.VoidBelow;
import dev.kontor.api.identity.SessionView;
import dev.kontor.query.Arrivals;
import dev.kontor.query.View;
import dev.kontor.query.ViewStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** Answers questions about sessions. */
@Component
class SessionReader {

    private static final Comparator<SessionView> USED_LAST_FIRST = Comparator.comparing(SessionView::usedAt)
            .thenComparing(session -> session.id().value())
            .reversed();

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
        List<Document> sessions = store.collection(View.SESSIONS)
                .find(and(
                        eq(SessionDocument.CUSTOMER_ID, customer),
                        eq(SessionDocument.OPEN, true),
                        gt(SessionDocument.EXPIRES_AT, query.at().toEpochMilli())))
                .into(new ArrayList<>());
        // The proof is read last: what it voids is left out, whenever it came.
        Document proof = store.find(View.PROOFS, customer).orElse(null);
        return new OpenSessions(sessions.stream()
                .filter(session -> SessionDocument.isOpen(session, proof, query.at()))
                .map(documents::read)
                .sorted(USED_LAST_FIRST)
                .toList());
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
