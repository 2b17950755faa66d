package dev.kontor.audit.cart;

import dev.kontor.audit.NumberedIds;
import dev.kontor.audit.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A cart's contents by its own history, and the open checkout. */
final class AuditedCart {

    /** Shared by all carts, so that each stores only numbers. */
    private final NumberedIds products;

    /** Null while it is empty, as most carts are. */
    private Map<Integer, Long> items;

    /** Ordered quantities that are still among the items and leave with the checkout; null if there is none. */
    private Map<Integer, Long> leaving;

    /** The lines of the open checkout at its start. */
    private Map<Integer, Long> checkedOut;

    /** The order of the open checkout, null if there is none. */
    String order;

    /** The time on the work clock since which the next step is due. */
    long since;

    boolean placed;
    boolean confirmed;
    /** Rejected or cancelled. */
    boolean undone;

    AuditedCart(NumberedIds products) {
        this.products = products;
    }

    boolean has(String product) {
        return items != null && items.containsKey(products.of(product));
    }

    /** 0 for a product that is not in it. */
    long units(String product) {
        return items == null ? 0 : items.getOrDefault(products.of(product), 0L);
    }

    void put(String product, long quantity) {
        if (items == null) {
            items = new HashMap<>(4);
        }
        items.put(products.of(product), quantity);
        if (leaving != null) {
            leaving.computeIfPresent(products.of(product), (p, before) -> Math.min(before, quantity));
        }
    }

    void remove(String product) {
        int number = products.of(product);
        if (items != null && items.remove(number) != null && items.isEmpty()) {
            items = null;
        }
        if (leaving != null) {
            leaving.remove(number);
        }
    }

    void clear() {
        items = null;
        if (leaving != null) {
            leaving.clear();
        }
    }

    boolean holdsExactly(List<Payload> lines) {
        return byProduct(lines).equals(items == null ? Map.of() : items);
    }

    void checkOut(String orderId, List<Payload> lines, long now) {
        order = orderId;
        leaving = byProduct(lines);
        checkedOut = Map.copyOf(leaving);
        since = now;
        placed = false;
        confirmed = false;
        undone = false;
    }

    boolean wasCheckedOutWith(List<Payload> lines) {
        return byProduct(lines).equals(checkedOut);
    }

    /** The products of the open checkout. */
    Stream<Integer> products() {
        return checkedOut.keySet().stream();
    }

    /** Removes the ordered quantities that are still there. */
    void complete() {
        Map<Integer, Long> left = items == null ? new HashMap<>() : items;
        if (leaving != null) {
            leaving.forEach((product, quantity) ->
                    left.computeIfPresent(product, (p, present) -> present > quantity ? present - quantity : null));
        }
        items = left.isEmpty() ? null : left;
        reopen();
    }

    /** Sets the contents that the event states. */
    void set(List<Payload> lines) {
        Map<Integer, Long> said = byProduct(lines);
        items = said.isEmpty() ? null : said;
    }

    void reopen() {
        order = null;
        leaving = null;
        checkedOut = null;
    }

    private Map<Integer, Long> byProduct(List<Payload> lines) {
        Map<Integer, Long> quantities = new HashMap<>();
        for (Payload line : lines) {
            quantities.put(products.of(line.text("productId")), line.number("quantity"));
        }
        return quantities;
    }
}
