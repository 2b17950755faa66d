package dev.kontor.query.order;

import dev.kontor.api.customer.CustomerId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.axonframework.eventhandling.TrackingToken;

/**
 * Names the documents in which an owner's orders are listed, so that the newest are found by {@code _id} alone: a head
 * knows the UTC days, a day knows its parts, a part has the orders. A part ends with a stretch of the log, so that no
 * document grows without bound however much is sold on one day, and a rebuild makes the same parts again.
 */
record OrderBucket(String owner, LocalDate day, long part) {

    /** In a head. */
    static final String DAYS = "days";
    /** In a day. */
    static final String PARTS = "parts";
    /** In a part: order id to the moment it was placed, in milliseconds. */
    static final String ENTRIES = "entries";

    /** Events of the log to a part: writing to a document costs as much as it is long. */
    private static final int STRETCH = 4_096;

    static OrderBucket of(String owner, Instant placedAt, TrackingToken position) {
        return new OrderBucket(owner, day(placedAt), position.position().orElse(0) / STRETCH);
    }

    static LocalDate day(Instant placedAt) {
        return LocalDate.ofInstant(placedAt, ZoneOffset.UTC);
    }

    static String customer(CustomerId id) {
        return "customer/" + id;
    }

    static String seller(CustomerId id) {
        return "seller/" + id;
    }

    String headId() {
        return owner;
    }

    String dayId() {
        return dayId(owner, day);
    }

    static String dayId(String owner, LocalDate day) {
        return owner + "/" + day;
    }

    String partId() {
        return dayId() + "/" + part;
    }
}
