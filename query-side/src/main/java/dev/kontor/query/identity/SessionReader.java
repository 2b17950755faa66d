package dev.kontor.query.identity;

import dev.kontor.query.Paging;
import dev.kontor.query.identity.SessionQuery.AwaitRevoked;
import dev.kontor.query.identity.SessionQuery.ListSessions;
import dev.kontor.query.identity.SessionQuery.OpenSessions;
import dev.kontor.query.identity.SessionQuery.VoidBelow;
import dev.kontor.query.platform.PageAfter;
import dev.kontor.query.platform.ReadYourWrites;
import dev.kontor.query.platform.Scan;
import dev.kontor.query.platform.Scan.Place;
import dev.kontor.query.platform.ViewStore;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Handles queries of sessions. */
@Component
class SessionReader {

    private final ViewStore store;
    private final ReadYourWrites arrivals;
    private final UnsealedSessions sessions;

    SessionReader(ViewStore store, ReadYourWrites arrivals, UnsealedSessions sessions) {
        this.store = store;
        this.arrivals = arrivals;
        this.sessions = sessions;
    }

    OpenSessions handle(ListSessions query) {
        if (query.including() != null) {
            arrivals.read(
                    query.atMost(),
                    watch -> {
                        watch.on(SessionDocument.SESSIONS, query.including(), 0);
                        return store.find(SessionDocument.SESSIONS, query.including());
                    },
                    session -> session.isPresent());
        }
        String customer = query.customerId().value();
        CredentialsDocument proofBefore = proof(customer);
        List<SessionDocument> found = new ArrayList<>();
        store.scan(
                Scan.of(SessionDocument.SESSIONS, SessionDocument.BY_CUSTOMER)
                        .where(customer, true)
                        .descending()
                        .after(place(query.after())),
                session -> {
                    if (session.isOpen(proofBefore, query.at())) {
                        found.add(session);
                    }
                    return found.size() <= query.size();
                });
        // Reads the proof again at the end: sessions that it voids meanwhile are left out.
        CredentialsDocument proof = proof(customer);
        List<SessionView> open = found.stream()
                .limit(query.size())
                .filter(session -> session.isOpen(proof, query.at()))
                .map(sessions::read)
                .toList();
        return new OpenSessions(open, found.size() > query.size() ? endOf(found.get(query.size() - 1)) : null);
    }

    private CredentialsDocument proof(String customer) {
        return store.find(CredentialsDocument.PROOFS, customer).orElseGet(() -> CredentialsDocument.none(customer));
    }

    private static Place place(PageAfter after) {
        return after == null ? null : new Place(Paging.number(after), after.id());
    }

    private static PageAfter endOf(SessionDocument last) {
        return new PageAfter(Long.toString(last.usedAt()), last.id());
    }

    boolean handle(AwaitRevoked query) {
        return arrivals.read(query.atMost(), watch -> showsAll(query, watch), shown -> shown);
    }

    private boolean showsAll(AwaitRevoked query, ReadYourWrites.Watch watch) {
        query.sessionIds().forEach(id -> watch.on(SessionDocument.SESSIONS, id, 0));
        query.voided().forEach(below -> watch.on(CredentialsDocument.PROOFS, below.customerId(), 0));
        return query.sessionIds().stream().allMatch(this::isRevoked)
                && query.voided().stream().allMatch(this::isVoid);
    }

    private boolean isRevoked(String sessionId) {
        return store.find(SessionDocument.SESSIONS, sessionId)
                .map(session -> !session.open())
                .orElse(false);
    }

    private boolean isVoid(VoidBelow below) {
        return proof(below.customerId()).voidsBelow(below.version());
    }
}
