package dev.kontor.audit.identity;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.Numbered;
import dev.kontor.audit.NumberedIds;
import dev.kontor.audit.WorkClock;
import java.time.Instant;

/**
 * A session is opened once with its customer's current proof, is refreshed only while it is open and that proof still
 * counts, and is revoked once.
 *
 * <p>Its end is compared with the event's own time: both come from one clock at one moment, so pauses do not matter. An
 * event's timestamp may be a little later than the decision.
 */
public final class SessionJudge implements Judge {

    private final CredentialsVersions proofs;
    private final Findings findings;
    private final NumberedIds ids = new NumberedIds();
    private final Numbered<State> sessions = new Numbered<>(State[]::new);

    /** The state of one session; an open one has an end. */
    private static final class State {
        private final int customer;
        private final long version;
        private Instant expiresAt;
        private boolean revoked;

        State(int customer, long version) {
            this.customer = customer;
            this.version = version;
        }
    }

    /** @param proofs as of the judged event */
    public SessionJudge(CredentialsVersions proofs, Findings findings) {
        this.proofs = proofs;
        this.findings = findings;
    }

    @Override
    public void on(Event event) {
        switch (event.type()) {
            case "identity.SessionOpened" -> opened(event);
            case "identity.SessionRefreshed" -> refreshed(event);
            case "identity.SessionRevoked" -> {
                State session = known(event);
                if (session != null) {
                    expect(!session.revoked, event, "is revoked again");
                    session.revoked = true;
                }
            }
            default -> {}
        }
    }

    private void opened(Event event) {
        findings.checked(Invariant.SESSIONS);
        int number = ids.of(event.aggregateId());
        int customer = proofs.of(event.payload().text("customerId"));
        State session = new State(customer, event.payload().number("version"));
        session.expiresAt = event.payload().moment("expiresAt");
        expect(sessions.get(number) == null, event, "is opened again");
        expect(
                proofs.honours(customer, session.version),
                event,
                "is opened under version %d of the credentials while %s"
                        .formatted(session.version, proofs.text(customer)));
        sessions.put(number, session);
    }

    private void refreshed(Event event) {
        State session = known(event);
        if (session == null) {
            return;
        }
        expect(!session.revoked, event, "is refreshed after it was revoked");
        expect(
                !event.time().isAfter(session.expiresAt.plus(WorkClock.GRACE)),
                event,
                "is refreshed after its end at " + session.expiresAt);
        expect(
                proofs.honours(session.customer, session.version),
                event,
                "is refreshed under version %d of the credentials while %s"
                        .formatted(session.version, proofs.text(session.customer)));
        session.expiresAt = event.payload().moment("expiresAt");
    }

    /** Null if it was never opened, which is reported. */
    private State known(Event event) {
        findings.checked(Invariant.SESSIONS);
        State session = sessions.get(ids.of(event.aggregateId()));
        expect(session != null, event, "was never opened");
        if (session != null) {
            int customer = proofs.of(event.payload().text("customerId"));
            expect(customer == session.customer, event, "belongs to customer " + proofs.customer(session.customer));
        }
        return session;
    }

    private void expect(boolean holds, Event event, String what) {
        if (!holds) {
            findings.violation(Invariant.SESSIONS, event, what);
        }
    }
}
