package dev.kontor.query.operations;

import dev.kontor.query.SearchDeadline;
import dev.kontor.query.operations.EventRows.Row;
import dev.kontor.side.operations.LoggedEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Tells what happened to an aggregate: its events, and all other events of the requests that led to them. The index of
 * aggregates finds the first. The others are near them in the log, because a request is handled within seconds.
 */
final class Stories {

    /** The newest events of the aggregate that a story has. */
    static final int MOST_OWN = 100;

    /** Requests whose other events are looked for, the newest ones. */
    static final int MOST_REQUESTS = 20;

    /** Events of the log that are compared for one request. */
    static final int MOST_NEAR = 3_000;

    /** Of all requests together. */
    static final int MOST_STEPS = 500;

    private static final int BLOCK = 500;

    /** How long before and after the events of the aggregate the others of a request are looked for. */
    private static final Duration BEFORE = Duration.ofSeconds(2);

    private static final Duration AFTER = Duration.ofSeconds(10);

    private final EventStore log;
    private final SearchDeadline time;

    private boolean isComplete = true;

    Stories(EventStore log, SearchDeadline time) {
        this.log = log;
        this.time = time;
    }

    /**
     * A story.
     *
     * @param events in the order of the log; empty if nothing has this id
     * @param complete whether no bound was reached
     */
    record Story(List<EventMessage<?>> events, boolean complete) {}

    /** @param id of an aggregate as it is in the log, or else of a request of the newest events */
    Story of(String id) {
        EventRows own = EventRows.ofAggregate(log, id);
        List<Row> rows = own.source().read(Math.max(0, own.end() - MOST_OWN), own.end());
        if (rows.isEmpty()) {
            return ofRequest(id);
        }
        isComplete = own.end() <= MOST_OWN;
        Map<String, EventMessage<?>> found = new LinkedHashMap<>();
        requestsOf(rows).forEach(request -> add(request, found));
        List<EventMessage<?>> all = new ArrayList<>(found.values());
        rows.stream()
                .map(Row::event)
                .filter(event -> !found.containsKey(event.getIdentifier()))
                .forEach(all::add);
        // Events of one request are in the order of the log; a sort by time keeps it where times are equal.
        all.sort(Comparator.comparing(EventMessage::getTimestamp));
        return new Story(first(all), isComplete);
    }

    private Story ofRequest(String id) {
        EventQuery query = new EventQuery(null, null, id, null, null, 0, Long.MAX_VALUE);
        EventSearch.Found found = new EventSearch(log, query).page(false, MOST_OWN, null, time);
        List<EventMessage<?>> events = found.rows().reversed().stream()
                .<EventMessage<?>>map(Row::event)
                .toList();
        return new Story(events, found.next() == null);
    }

    private List<EventMessage<?>> first(List<EventMessage<?>> all) {
        if (all.size() > MOST_STEPS) {
            isComplete = false;
            return all.subList(all.size() - MOST_STEPS, all.size());
        }
        return all;
    }

    /** @param first and last time of the aggregate's events that it led to */
    private record Request(String id, Instant first, Instant last) {}

    /** The newest ones. */
    private List<Request> requestsOf(List<Row> rows) {
        Map<String, Request> requests = new LinkedHashMap<>();
        for (Row row : rows) {
            String id = LoggedEvents.requestOf(row.event());
            if (!id.isEmpty()) {
                Instant at = row.event().getTimestamp();
                requests.merge(id, new Request(id, at, at), (before, now) -> new Request(id, before.first(), at));
            }
        }
        List<Request> all = List.copyOf(requests.values());
        if (all.size() > MOST_REQUESTS) {
            isComplete = false;
            return all.subList(all.size() - MOST_REQUESTS, all.size());
        }
        return all;
    }

    private void add(Request request, Map<String, EventMessage<?>> found) {
        EventRows all = EventRows.ofLog(log);
        long next = Math.max(
                all.first(),
                EventRows.positionOf(log.createTokenAt(request.first().minus(BEFORE))));
        long bound = Math.min(all.end(), next + MOST_NEAR);
        while (next < bound) {
            if (time.isShort()) {
                isComplete = false;
                return;
            }
            long to = Math.min(bound, next + BLOCK);
            for (Row row : all.source().read(next, to)) {
                if (row.event().getTimestamp().isAfter(request.last().plus(AFTER))) {
                    return;
                }
                if (request.id().equals(LoggedEvents.requestOf(row.event()))) {
                    found.put(row.event().getIdentifier(), row.event());
                }
            }
            next = to;
        }
        isComplete &= bound == all.end();
    }
}
