package dev.kontor.api.identity;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.platform.PageAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What can be asked about sessions, and the answers. */
public sealed interface SessionQuery {

    /**
     * Answers {@link OpenSessions}.
     *
     * @param at the moment at which they are open
     * @param including the id of a session that was opened before the question, so that the answer waits for it where it
     *     does not show yet; null for none
     * @param atMost how long
     * @param after null for the first page
     */
    record ListSessions(CustomerId customerId, Instant at, String including, Duration atMost, int size, PageAfter after)
            implements SessionQuery {}

    /**
     * Answers a {@link Boolean}: whether all of this shows as revoked.
     *
     * @param voided whose tokens below a version, or null for nobody's
     * @param atMost how long to wait for it
     */
    record AwaitRevoked(List<String> sessionIds, List<VoidBelow> voided, Duration atMost) implements SessionQuery {

        public AwaitRevoked {
            sessionIds = List.copyOf(sessionIds);
            voided = List.copyOf(voided);
        }
    }

    /** No token of this customer below the version counts; {@link Long#MAX_VALUE} once none ever counts again. */
    record VoidBelow(String customerId, long version) {}

    /**
     * The one used last first.
     *
     * @param next null on the last page
     */
    record OpenSessions(List<SessionView> sessions, PageAfter next) {

        public OpenSessions {
            sessions = List.copyOf(sessions);
        }
    }
}
