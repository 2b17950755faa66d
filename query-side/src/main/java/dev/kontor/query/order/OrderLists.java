package dev.kontor.query.order;

import dev.kontor.api.operations.PageAfter;
import dev.kontor.query.Paging;
import dev.kontor.query.View;
import dev.kontor.query.ViewStore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** An owner's orders, newest first. */
@Component
class OrderLists {

    /**
     * The part goes before the moment: where two parts meet, moments may overlap by what clocks and threads differ, and
     * the order of pages must be that of the stream. Orders of the same millisecond stay in one order by their id.
     */
    private static final Comparator<Entry> NEWEST_FIRST = Comparator.comparing(Entry::day)
            .thenComparingLong(Entry::part)
            .thenComparingLong(Entry::placedAt)
            .thenComparing(Entry::orderId)
            .reversed();

    private final ViewStore store;

    OrderLists(ViewStore store) {
        this.store = store;
    }

    /** @param placedAt in milliseconds */
    record Entry(String orderId, long placedAt, long part) {

        static Entry endOf(PageAfter after) {
            List<Long> numbers = Paging.numbers(after, 2);
            return new Entry(after.id(), numbers.getLast(), numbers.getFirst());
        }

        PageAfter end() {
            return new PageAfter(part + ":" + placedAt, orderId);
        }

        LocalDate day() {
            return OrderBucket.day(Instant.ofEpochMilli(placedAt));
        }
    }

    /** Read document by document, as far as the stream is pulled. */
    Stream<Entry> newestFirst(String owner, PageAfter after) {
        Stream<LocalDate> days =
                members(owner, OrderBucket.DAYS).map(LocalDate::parse).sorted(Comparator.reverseOrder());
        if (after == null) {
            return days.flatMap(day -> parts(owner, day)).flatMap(this::entries);
        }
        Entry last = Entry.endOf(after);
        return days.filter(day -> !day.isAfter(last.day()))
                .flatMap(day -> parts(owner, day))
                .filter(part -> part.day().isBefore(last.day()) || part.part() <= last.part())
                .flatMap(this::entries)
                .filter(entry -> NEWEST_FIRST.compare(entry, last) > 0);
    }

    private Stream<OrderBucket> parts(String owner, LocalDate day) {
        return members(OrderBucket.dayId(owner, day), OrderBucket.PARTS)
                .map(Long::valueOf)
                .sorted(Comparator.reverseOrder())
                .map(part -> new OrderBucket(owner, day, part));
    }

    private Stream<Entry> entries(OrderBucket bucket) {
        Document entries = store.find(View.ORDER_LISTS, bucket.partId())
                .map(document -> document.get(OrderBucket.ENTRIES, Document.class))
                .orElseGet(Document::new);
        return entries.entrySet().stream()
                .map(entry -> new Entry(entry.getKey(), (Long) entry.getValue(), bucket.part()))
                .sorted(NEWEST_FIRST);
    }

    private Stream<String> members(String id, String array) {
        return store
                .find(View.ORDER_LISTS, id)
                .map(document -> document.getList(array, String.class))
                .orElse(List.of())
                .stream();
    }
}
