package dev.kontor.query.order;

import dev.kontor.api.customer.CustomerId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Names the documents in which an owner's orders are listed: one for each UTC day with the orders placed on it, and a
 * head that knows the days. So the newest orders of an owner are found by {@code _id} alone.
 */
record OrderBucket(String owner, LocalDate day) {

    /** In a bucket: order id to the moment it was placed, in milliseconds. */
    static final String ENTRIES = "entries";
    /** In a head. */
    static final String DAYS = "days";

    static OrderBucket of(String owner, Instant placedAt) {
        return new OrderBucket(owner, LocalDate.ofInstant(placedAt, ZoneOffset.UTC));
    }

    static String customer(CustomerId id) {
        return "customer/" + id;
    }

    static String seller(CustomerId id) {
        return "seller/" + id;
    }

    /** The id of the bucket's document; that of the head is the owner. */
    String id() {
        return owner + "/" + day;
    }
}
