package dev.kontor.query.identity;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.query.platform.PageAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

sealed interface SessionQuery {

    /**
     * Returns {@link OpenSessions}.
     *
     * @param at the moment at which they are open
     * @param including the id of a session opened before the query, for which the query waits until the view shows it;
     *     null for none
     * @param atMost the longest wait
     * @param after null for the first page
     */
    record ListSessions(CustomerId customerId, Instant at, String including, Duration atMost, int size, PageAfter after)
            implements SessionQuery {}

    /**
     * Returns a {@link Boolean}: whether the view shows all of this as revoked.
     *
     * @param voided customers, each with the version below which their tokens are revoked
     * @param atMost the longest wait
     */
    record AwaitRevoked(List<String> sessionIds, List<VoidBelow> voided, Duration atMost) implements SessionQuery {

        public AwaitRevoked {
            sessionIds = List.copyOf(sessionIds);
            voided = List.copyOf(voided);
        }
    }

    /** Tokens of this customer below the version are revoked; all of them at {@link Long#MAX_VALUE}. */
    record VoidBelow(String customerId, long version) {}

    /**
     * Sorted by last use, the latest first.
     *
     * @param next null on the last page
     */
    record OpenSessions(List<SessionView> sessions, PageAfter next) {

        public OpenSessions {
            sessions = List.copyOf(sessions);
        }
    }
}
