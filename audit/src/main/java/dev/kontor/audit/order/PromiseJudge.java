package dev.kontor.audit.order;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Hash;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.Payload;
import dev.kontor.audit.WorkClock;
import dev.kontor.audit.order.AuditedOrder.Line;
import dev.kontor.audit.order.AuditedOrder.Line.Held;
import java.util.List;

/**
 * A confirmed order has every line as stated; a rejected or cancelled one has released, a shipped one committed all.
 */
public final class PromiseJudge implements Judge {

    private final Orders orders;
    private final Findings findings;

    public PromiseJudge(Orders orders, Findings findings) {
        this.orders = orders;
        this.findings = findings;
    }

    @Override
    public void on(Event event) {
        switch (event.type()) {
            case "order.OrderConfirmed" -> confirmed(event);
            case "order.OrderStockReturned" -> returned(event);
            default -> {}
        }
    }

    private void confirmed(Event event) {
        findings.checked(Invariant.RETURNS);
        AuditedOrder order = orders.find(event.aggregateId());
        if (order == null || order.lines == null) {
            return;
        }
        Payload payload = event.payload();
        List<Payload> lines = payload.objects("lines");
        List<Payload> reservations = payload.objects("reservations");
        if (lines.size() != order.lines.length || reservations.size() != order.lines.length) {
            broken(
                    event,
                    "is confirmed with %d lines and %d reservations, but has %d lines"
                            .formatted(lines.size(), reservations.size(), order.lines.length));
        }
        long total = 0;
        for (Payload confirmed : lines) {
            String product = confirmed.text("productId");
            Line line = order.lineOf(orders.productOf(product));
            total += confirmed.object("unitPrice").number("amount") * confirmed.number("quantity");
            if (line == null || line.held != Held.RESERVED || confirmed.number("quantity") != line.quantity) {
                broken(
                        event,
                        "is confirmed with %d of product %s, which %s"
                                .formatted(
                                        confirmed.number("quantity"),
                                        product,
                                        line == null
                                                ? "was never ordered"
                                                : "has %d ordered (%s)".formatted(line.quantity, line.held)));
            } else if (HoldingJudge.terms(confirmed) != line.terms) {
                broken(
                        event,
                        "is confirmed with product %s as '%s' at %s, which is not how it was reserved"
                                .formatted(product, confirmed.text("title"), confirmed.object("unitPrice")));
            }
        }
        for (Payload reservation : reservations) {
            Line line = order.lineOf(orders.productOf(reservation.text("productId")));
            if (line == null || line.version != reservation.number("productVersion")) {
                broken(
                        event,
                        "says that it was reserved by event %d of product %s, and was not"
                                .formatted(reservation.number("productVersion"), reservation.text("productId")));
            }
        }
        if (payload.object("total").number("amount") != total) {
            broken(
                    event,
                    "costs %d in all, but its lines cost %d"
                            .formatted(payload.object("total").number("amount"), total));
        }
        if (order.expectedTotal != 0 && Hash.of(payload.object("total")) != order.expectedTotal) {
            broken(event, "is confirmed at %s, which is not what was expected".formatted(payload.object("total")));
        }
    }

    private void returned(Event event) {
        findings.checked(Invariant.RETURNS);
        AuditedOrder order = orders.find(event.aggregateId());
        if (order == null || order.lines == null) {
            return;
        }
        if (!order.givesBack()) {
            broken(event, "notes that its stock is back, though it is %s".formatted(order.status));
        }
        if (order.stockReturned) {
            broken(event, "notes a second time that its stock is back");
        }
        order.stockReturned = true;
        for (Payload movement : event.payload().objects("returns")) {
            Line line = order.lineOf(orders.productOf(movement.text("productId")));
            if (line == null || line.version > movement.number("productVersion")) {
                broken(
                        event,
                        "says that its stock shows again at version %d of product %s, and it does not"
                                .formatted(movement.number("productVersion"), movement.text("productId")));
            }
        }
        for (Line line : order.lines) {
            if (line.held == Held.RESERVED) {
                broken(
                        event,
                        "notes that its stock is back while it holds %d of product %s"
                                .formatted(line.quantity, orders.product(line.product)));
            }
        }
    }

    @Override
    public void end(long now) {
        orders.forEach((order, number) -> {
            if (order.lines == null
                    || !WorkClock.isOverdue(order.since, now)
                    || !(order.givesBack() || order.handsOver())) {
                return;
            }
            for (Line line : order.lines) {
                boolean moved = order.givesBack() ? line.held != Held.RESERVED : line.held == Held.COMMITTED;
                if (!moved) {
                    findings.violation(
                            Invariant.RETURNS,
                            -1,
                            orders.subject(number),
                            "is %s, and its %d of product %s are still %s"
                                    .formatted(order.status, line.quantity, orders.product(line.product), line.held));
                }
            }
            if (order.givesBack() && !order.stockReturned) {
                findings.violation(
                        Invariant.RETURNS,
                        -1,
                        orders.subject(number),
                        "is %s and never noted that its stock is back".formatted(order.status));
            }
        });
    }

    private void broken(Event event, String detail) {
        findings.violation(Invariant.RETURNS, event, detail);
    }
}
