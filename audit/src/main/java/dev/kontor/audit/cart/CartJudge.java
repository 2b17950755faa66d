package dev.kontor.audit.cart;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.Numbered;
import dev.kontor.audit.NumberedIds;
import dev.kontor.audit.Payload;
import dev.kontor.audit.WorkClock;
import java.util.HashMap;
import java.util.Map;

/**
 * A cart contains what was put into it. A checkout becomes one order of exactly that. Once the order is decided, the
 * ordered items leave the cart, or it is open again.
 */
public final class CartJudge implements Judge {

    private final Findings findings;
    private final NumberedIds ids = new NumberedIds();
    private final NumberedIds products = new NumberedIds();
    /** The currency of each product. */
    private final Map<Integer, String> currencies = new HashMap<>();

    private final Numbered<AuditedCart> carts = new Numbered<>(AuditedCart[]::new);
    /** By the id of the order. */
    private final Map<String, AuditedCart> checkouts = new HashMap<>();

    public CartJudge(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(Event event) {
        if (event.isOf("cart")) {
            ofCart(event);
        } else if (event.isOf("order")) {
            ofOrder(event);
        } else if (event.isOf("catalog")) {
            ofProduct(event);
        }
    }

    private void ofCart(Event event) {
        findings.checked(Invariant.CARTS);
        int number = ids.of(event.payload().text("customerId"));
        AuditedCart cart = carts.get(number);
        if (cart == null) {
            cart = new AuditedCart(products);
            carts.put(number, cart);
        }
        Payload payload = event.payload();
        switch (event.type()) {
            case "cart.CartItemPut" -> {
                if (payload.number("quantity") < 1) {
                    tell(event, "gets %d of a product".formatted(payload.number("quantity")));
                }
                cart.put(payload.text("productId"), payload.number("quantity"));
            }
            case "cart.CartMerged" -> merged(event, cart);
            case "cart.CartItemRemoved" -> {
                if (!cart.has(payload.text("productId"))) {
                    tell(event, "loses product %s, which is not in it".formatted(payload.text("productId")));
                }
                cart.remove(payload.text("productId"));
            }
            case "cart.CartCleared" -> cart.clear();
            case "cart.CartCheckedOut" -> checkedOut(event, cart);
            case "cart.CheckoutCompleted" -> completed(event, cart);
            case "cart.CartReopened" -> {
                endCheckout(event, cart, !cart.placed || cart.undone);
                if (cart.order != null && !cart.placed && !mayBeRefused(cart)) {
                    findings.violation(
                            Invariant.ORDERS,
                            event.position(),
                            "Order " + cart.order,
                            "was never placed, though a cart was checked out for it and nothing was wrong with its lines");
                }
                cart.reopen();
            }
            default -> {}
        }
    }

    /** A merge only adds. */
    private void merged(Event event, AuditedCart cart) {
        for (Payload line : event.payload().objects("lines")) {
            String product = line.text("productId");
            if (line.number("quantity") <= cart.units(product)) {
                tell(event, "holds no more of product %s after a merge".formatted(product));
            }
            cart.put(product, line.number("quantity"));
        }
    }

    /**
     * An order must be of existing products in one currency. Any other order is refused, and its cart is open again.
     */
    private boolean mayBeRefused(AuditedCart cart) {
        return cart.products()
                                .map(product -> currencies.getOrDefault(product, ""))
                                .distinct()
                                .count()
                        > 1
                || !currencies.keySet().containsAll(cart.products().toList());
    }

    private void ofProduct(Event event) {
        switch (event.type()) {
            case "catalog.ProductListed", "catalog.ProductRepriced" ->
                currencies.put(
                        products.of(event.aggregateId()),
                        event.payload().object("price").text("currency").intern());
            default -> {}
        }
    }

    private void checkedOut(Event event, AuditedCart cart) {
        findings.checked(Invariant.ORDERS);
        String order = event.payload().text("orderId");
        if (cart.order != null) {
            tell(event, "is checked out again while order %s is under way".formatted(cart.order));
            checkouts.remove(cart.order);
        }
        if (!cart.holdsExactly(event.payload().objects("lines"))) {
            tell(event, "is checked out with other lines than it holds");
        }
        cart.checkOut(order, event.payload().objects("lines"), event.worked());
        checkouts.put(order, cart);
    }

    private void completed(Event event, AuditedCart cart) {
        endCheckout(event, cart, cart.confirmed);
        cart.complete();
        if (!cart.holdsExactly(event.payload().objects("remaining"))) {
            tell(event, "keeps other lines after its checkout than were put into it");
            cart.set(event.payload().objects("remaining"));
        }
    }

    private void endCheckout(Event event, AuditedCart cart, boolean decidedSo) {
        String order = event.payload().text("orderId");
        if (!order.equals(cart.order)) {
            tell(event, "%s for order %s, while %s is under way".formatted(event.type(), order, cart.order));
        } else if (!decidedSo) {
            tell(event, "%s for order %s, which was not decided so".formatted(event.type(), order));
        }
        checkouts.remove(order);
    }

    private void ofOrder(Event event) {
        AuditedCart cart = checkouts.get(event.aggregateId());
        switch (event.type()) {
            case "order.OrderPlaced" -> placed(event, cart);
            case "order.OrderConfirmed" -> {
                if (cart != null) {
                    cart.confirmed = true;
                    cart.since = event.worked();
                }
            }
            case "order.OrderRejected", "order.OrderCancelled" -> {
                if (cart != null) {
                    cart.undone = true;
                    cart.since = event.worked();
                }
            }
            default -> {}
        }
    }

    private void placed(Event event, AuditedCart cart) {
        boolean fromCart = event.payload().text("origin").equals("CART");
        if (fromCart && cart == null) {
            findings.violation(
                    Invariant.ORDERS, event, "says that it is from a cart, but no cart was checked out for it");
        } else if (cart != null) {
            AuditedCart owners = carts.get(ids.find(event.payload().text("customerId")));
            if (!fromCart
                    || owners != cart
                    || !cart.wasCheckedOutWith(event.payload().objects("lines"))) {
                findings.violation(Invariant.ORDERS, event, "is not what the cart was checked out for");
            }
            cart.placed = true;
        }
    }

    @Override
    public void end(long now) {
        checkouts.forEach((order, cart) -> {
            boolean decided = cart.confirmed || cart.undone;
            if ((decided || !cart.placed) && WorkClock.isOverdue(cart.since, now)) {
                findings.violation(
                        decided ? Invariant.CARTS : Invariant.ORDERS,
                        -1,
                        "Order " + order,
                        decided
                                ? "is decided, and its cart has no event of the decision"
                                : "was never placed, though a cart was checked out for it");
            }
        });
    }

    private void tell(Event event, String detail) {
        findings.violation(Invariant.CARTS, event, detail);
    }
}
