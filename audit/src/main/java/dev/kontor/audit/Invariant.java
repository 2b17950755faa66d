package dev.kontor.audit;

/** The invariants of every log. */
public enum Invariant {
    STOCK("I1", "stock adds up after every event"),
    ORDERS("I2", "orders are placed once, checkouts become orders"),
    DECISIONS("I3", "orders are decided in time and once"),
    RETURNS("I4", "confirmed stock is as promised, other stock is back"),
    IDENTITY("I5", "an order id stands for one order"),
    LOG("I6", "the log is whole and in order"),
    VIEWS("I7", "views show what the log says"),
    PRICES("prices", "prices are in the shop's one currency"),
    CARTS("carts", "carts hold what was put into them"),
    ACCOUNTS("accounts", "e-mails, accounts and admins have one history"),
    SESSIONS("sessions", "sessions and keys count as long as they may"),
    REQUESTS("requests", "an idempotency key has one effect and one answer");

    private final String label;
    private final String title;

    Invariant(String label, String title) {
        this.label = label;
        this.title = title;
    }

    /** Its name in reports. */
    public String label() {
        return label;
    }

    public String title() {
        return title;
    }
}
