package dev.kontor.standalone;

/** A product that a test has listed. */
public record Product(String id, String title, long cents) {

    /** So many of it, as a line of an order. */
    public Line times(long quantity) {
        return new Line(id, quantity);
    }

    /** A line of an order as it is sent. */
    public record Line(String productId, long quantity) {}

    /** What a shop has of it. */
    public record Stock(long available, long reserved) {}
}
