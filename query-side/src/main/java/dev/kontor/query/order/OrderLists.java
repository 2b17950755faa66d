package dev.kontor.query.order;

import dev.kontor.api.operations.PageAfter;
import dev.kontor.query.Paging;
import dev.kontor.query.View;
import dev.kontor.query.ViewStore;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** An owner's orders, newest first. */
@Component
class OrderLists {

    /** Newest first; orders of the same millisecond stay in one order by their id. */
    private static final Comparator<Entry> NEWEST_FIRST =
            Comparator.comparingLong(Entry::placedAt).thenComparing(Entry::orderId).reversed();

    private final ViewStore store;

    OrderLists(ViewStore store) {
        this.store = store;
    }

    /** @param placedAt in milliseconds */
    record Entry(String orderId, long placedAt) {

        PageAfter end() {
            return new PageAfter(Long.toString(placedAt), orderId);
        }
    }

    /** Read bucket by bucket, as far as the stream is pulled. */
    Stream<Entry> newestFirst(String owner, PageAfter after) {
        List<String> days = store.find(View.ORDER_LISTS, owner)
                .map(head -> head.getList(OrderBucket.DAYS, String.class))
                .orElse(List.of());
        Entry last = after == null ? null : new Entry(after.id(), Paging.numeric(after));
        return days.stream()
                .map(LocalDate::parse)
                .filter(day -> last == null || !day.isAfter(dayOf(last)))
                .sorted(Comparator.reverseOrder())
                .flatMap(day -> entries(new OrderBucket(owner, day)))
                .filter(entry -> last == null || NEWEST_FIRST.compare(entry, last) > 0);
    }

    private Stream<Entry> entries(OrderBucket bucket) {
        Document entries = store.find(View.ORDER_LISTS, bucket.id())
                .map(document -> document.get(OrderBucket.ENTRIES, Document.class))
                .orElseGet(Document::new);
        return entries.entrySet().stream().map(OrderLists::entry).sorted(NEWEST_FIRST);
    }

    private static Entry entry(Map.Entry<String, Object> entry) {
        return new Entry(entry.getKey(), (Long) entry.getValue());
    }

    private static LocalDate dayOf(Entry entry) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(entry.placedAt()), ZoneOffset.UTC);
    }
}
