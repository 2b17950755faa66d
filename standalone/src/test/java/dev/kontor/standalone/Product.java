package dev.kontor.standalone;

/** A product that a test has listed. */
public record Product(String id, String title, long cents) {

    /** An order line with this quantity. */
    public Line times(long quantity) {
        return new Line(id, quantity);
    }

    /** A line of an order in a request. */
    public record Line(String productId, long quantity) {}

    /** The stock of a product. */
    public record Stock(long available, long reserved) {}
}
