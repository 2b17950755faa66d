package dev.kontor.query.operations;

import dev.kontor.query.SearchDeadline;
import dev.kontor.query.operations.EventRows.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Searches the log. The events of an aggregate and the place of a time are found by an index; whatever else is asked
 * for is compared event by event, of at most {@link #MOST_SCANNED} events for each page.
 */
final class EventSearch {

    static final int MOST_SCANNED = 10_000;

    /** Events that are read at a time. */
    private static final int BLOCK = 500;

    /** How much earlier or later than its neighbours in the log an event may have happened. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final EventStore log;
    private final EventQuery query;

    EventSearch(EventStore log, EventQuery query) {
        this.log = log;
        this.query = query;
    }

    /**
     * One page.
     *
     * @param next the number that the next page begins with, or the one behind its first if the newest are first; null
     *     if there is none
     */
    record Found(List<Row> rows, Long next) {}

    /**
     * @param begin of the page, as {@link Found#next} tells it; null for the first page
     * @param time half of it is used
     */
    Found page(boolean oldestFirst, int size, Long begin, SearchDeadline time) {
        EventRows rows = range();
        long first = oldestFirst && begin != null ? Math.max(begin, rows.first()) : rows.first();
        long end = !oldestFirst && begin != null ? Math.min(begin, rows.end()) : rows.end();
        List<Row> found = new ArrayList<>();
        int scanned = 0;
        while (first < end && scanned < MOST_SCANNED && !time.isShort()) {
            long from = oldestFirst ? first : Math.max(first, end - BLOCK);
            long to = oldestFirst ? Math.min(end, first + BLOCK) : end;
            List<Row> block = rows.source().read(from, to);
            for (Row row : oldestFirst ? block : block.reversed()) {
                scanned++;
                if (query.accepts(row.event())) {
                    found.add(row);
                    if (found.size() == size) {
                        long next = oldestFirst ? row.number() + 1 : row.number();
                        return new Found(found, isLeft(next, oldestFirst, rows) ? next : null);
                    }
                }
            }
            if (oldestFirst) {
                first = to;
            } else {
                end = from;
            }
        }
        return new Found(found, first < end ? Long.valueOf(oldestFirst ? first : end) : null);
    }

    private static boolean isLeft(long next, boolean oldestFirst, EventRows rows) {
        return oldestFirst ? next < rows.end() : next > rows.first();
    }

    /** The part of the log outside of which there is none of the events. */
    private EventRows range() {
        if (query.aggregateId() != null) {
            return EventRows.ofAggregate(log, query.aggregateId());
        }
        EventRows all = EventRows.ofLog(log);
        long first = Math.max(all.first(), query.first());
        long end = Math.min(all.end(), query.end());
        if (query.from() != null) {
            first = Math.max(first, placeOf(query.from()));
        }
        if (query.until() != null) {
            end = Math.min(end, placeOf(query.until().plus(SKEW)) + 1);
        }
        return new EventRows(all.source(), first, end);
    }

    /** A position with no event at or after the time before it. */
    private long placeOf(Instant time) {
        return EventRows.positionOf(log.createTokenAt(time));
    }
}
