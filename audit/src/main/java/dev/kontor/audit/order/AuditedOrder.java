package dev.kontor.audit.order;

/** The state of an order, as small as the judges allow. */
final class AuditedOrder {

    enum Status {
        PLACED,
        CONFIRMED,
        REJECTED,
        CANCELLED,
        SHIPPED,
        DELIVERED
    }

    /** Hashes of texts. */
    long customer;

    long deadline;
    long fingerprint;
    /** Hash of the expected total, 0 if none is expected. */
    long expectedTotal;

    boolean fromCart;
    boolean stockReturned;
    Status status = Status.PLACED;
    /** The deadline of its decision; afterwards the time since which it has its status. On the work clock. */
    long since;
    /** Null once they can no longer change. */
    Line[] lines;

    /** One product of an order. */
    static final class Line {

        enum Held {
            NOTHING,
            REFUSED,
            RESERVED,
            RELEASED,
            COMMITTED
        }

        final int product;
        final long quantity;
        Held held = Held.NOTHING;
        /** Hash of seller, title and price at which it was reserved. */
        long terms;
        /** The product's version at the last movement. */
        long version;

        Line(int product, long quantity) {
            this.product = product;
            this.quantity = quantity;
        }
    }

    /** Null if the order has no line of this product. */
    Line lineOf(int product) {
        for (Line line : lines) {
            if (line.product == product) {
                return line;
            }
        }
        return null;
    }

    boolean givesBack() {
        return status == Status.REJECTED || status == Status.CANCELLED;
    }

    boolean handsOver() {
        return status == Status.SHIPPED || status == Status.DELIVERED;
    }
}
