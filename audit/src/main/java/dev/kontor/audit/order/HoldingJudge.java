package dev.kontor.audit.order;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Hash;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.Payload;
import dev.kontor.audit.order.AuditedOrder.Line;
import dev.kontor.audit.order.AuditedOrder.Line.Held;

/**
 * Verifies the orders' stock: only ordered units are reserved, and only reserved units are released or committed, once.
 */
public final class HoldingJudge implements Judge {

    private final Orders orders;
    private final Findings findings;

    public HoldingJudge(Orders orders, Findings findings) {
        this.orders = orders;
        this.findings = findings;
    }

    @Override
    public void on(Event event) {
        switch (event.type()) {
            case "catalog.StockReserved",
                    "catalog.StockReservationRefused",
                    "catalog.StockReleased",
                    "catalog.StockCommitted" -> moved(event);
            default -> {}
        }
    }

    private void moved(Event event) {
        String id = event.payload().text("orderId");
        AuditedOrder order = orders.find(id);
        if (order == null) {
            findings.violation(
                    Invariant.STOCK, event, "%s for order %s, which was never placed".formatted(event.type(), id));
            return;
        }
        Line line = order.lines == null ? null : order.lineOf(orders.productOf(event.aggregateId()));
        if (line == null) {
            // After the end of an order a late reservation is refused, and nothing else may follow.
            if (order.lines != null || !event.type().equals("catalog.StockReservationRefused")) {
                findings.violation(
                        Invariant.STOCK,
                        event,
                        "%s for order %s, which has nothing open of it".formatted(event.type(), id));
            }
            return;
        }
        switch (event.type()) {
            case "catalog.StockReserved" -> reserved(event, line, order);
            case "catalog.StockReservationRefused" -> refused(event, line);
            case "catalog.StockReleased" -> released(event, line, order);
            default -> committed(event, line, order);
        }
        forgetWhatIsOver(order);
    }

    private void reserved(Event event, Line line, AuditedOrder order) {
        Payload payload = event.payload();
        if (line.held != Held.NOTHING) {
            tell(event, "is reserved after it was %s".formatted(line.held));
        }
        if (payload.number("quantity") != line.quantity) {
            tell(event, "reserves %d units where %d were ordered".formatted(payload.number("quantity"), line.quantity));
        }
        if (Hash.text(payload.text("deadline")) != order.deadline) {
            tell(event, "is reserved until another deadline than the order's");
        }
        line.held = Held.RESERVED;
        line.terms = terms(payload);
        line.version = event.sequence();
    }

    private void refused(Event event, Line line) {
        if (line.held == Held.RESERVED) {
            tell(event, "is refused to an order that holds it");
        } else if (line.held == Held.NOTHING) {
            line.held = Held.REFUSED;
        }
    }

    private void released(Event event, Line line, AuditedOrder order) {
        long units = event.payload().number("units");
        long holds = line.held == Held.RESERVED ? line.quantity : 0;
        if (units != holds) {
            tell(event, "releases %d units of an order that holds %d (%s)".formatted(units, holds, line.held));
        }
        if (!order.givesBack()) {
            tell(event, "is released for an order that is %s".formatted(order.status));
        }
        if (line.held != Held.COMMITTED) {
            line.held = Held.RELEASED;
            line.version = event.sequence();
        }
    }

    private void committed(Event event, Line line, AuditedOrder order) {
        long units = event.payload().number("units");
        if (line.held != Held.RESERVED || units != line.quantity) {
            tell(event, "commits %d units of an order that has %d (%s)".formatted(units, line.quantity, line.held));
        }
        if (!order.handsOver()) {
            tell(event, "is committed for an order that is %s".formatted(order.status));
        }
        line.held = Held.COMMITTED;
        line.version = event.sequence();
    }

    /** Forgets the lines of an order that has committed everything: a log has very many of them. */
    private static void forgetWhatIsOver(AuditedOrder order) {
        boolean over = order.handsOver();
        for (Line line : order.lines) {
            over &= line.held == Held.COMMITTED;
        }
        if (over) {
            order.lines = null;
        }
    }

    /** The terms of a reserved line, which a confirmation must have too. */
    static long terms(Payload line) {
        return Hash.field("sellerId", line.text("sellerId"))
                + Hash.field("title", line.text("title"))
                + Hash.field("unitPrice", line.object("unitPrice"));
    }

    private void tell(Event event, String detail) {
        findings.violation(
                Invariant.STOCK, event, "for order " + event.payload().text("orderId") + ": " + detail);
    }
}
