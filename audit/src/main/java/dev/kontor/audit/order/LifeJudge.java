package dev.kontor.audit.order;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Hash;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.Payload;
import dev.kontor.audit.WorkClock;
import dev.kontor.audit.order.AuditedOrder.Line;
import dev.kontor.audit.order.AuditedOrder.Status;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An order is placed once, decided once and in time, and then only moves forward. */
public final class LifeJudge implements Judge {

    private final Orders orders;
    private final Findings findings;

    public LifeJudge(Orders orders, Findings findings) {
        this.orders = orders;
        this.findings = findings;
    }

    @Override
    public void on(Event event) {
        if (!event.isOf("order")) {
            return;
        }
        if (event.type().equals("order.OrderPlaced")) {
            placed(event);
            return;
        }
        AuditedOrder order = orders.find(event.aggregateId());
        if (order == null) {
            findings.violation(Invariant.ORDERS, event, event.type() + ", but it was never placed");
            return;
        }
        switch (event.type()) {
            case "order.OrderConfirmed" -> moves(event, order, Status.CONFIRMED, Status.PLACED);
            case "order.OrderRejected" -> {
                moves(event, order, Status.REJECTED, Status.PLACED);
                isForTheSame(event, order, event.payload().texts("productIds"));
            }
            case "order.OrderCancelled" -> {
                if (!event.payload().text("before").equals(order.status.name())) {
                    findings.violation(
                            Invariant.DECISIONS,
                            event,
                            "is cancelled as if it were %s; it is %s"
                                    .formatted(event.payload().text("before"), order.status));
                }
                moves(event, order, Status.CANCELLED, Status.PLACED, Status.CONFIRMED);
                isForTheSame(event, order, event.payload().texts("productIds"));
            }
            case "order.OrderShipped" -> {
                moves(event, order, Status.SHIPPED, Status.CONFIRMED);
                isForTheSame(event, order, event.payload().texts("productIds"));
            }
            case "order.OrderDelivered" -> {
                long since = order.since;
                moves(event, order, Status.DELIVERED, Status.SHIPPED);
                // Its stock is due since it was shipped.
                order.since = since;
            }
            default -> {}
        }
    }

    private void placed(Event event) {
        findings.checked(Invariant.ORDERS);
        findings.checked(Invariant.DECISIONS);
        findings.checked(Invariant.IDENTITY);
        Payload payload = event.payload();
        AuditedOrder before = orders.find(event.aggregateId());
        long fingerprint = Hash.text(payload.text("fingerprint"));
        if (before != null) {
            findings.violation(
                    Invariant.IDENTITY,
                    event,
                    before.fingerprint == fingerprint
                            ? "is placed a second time"
                            : "is placed a second time, and asks for something else: its fingerprint is another");
            return;
        }
        AuditedOrder order = new AuditedOrder();
        order.fingerprint = fingerprint;
        order.customer = Hash.text(payload.text("customerId"));
        order.deadline = Hash.text(payload.text("deadline"));
        order.expectedTotal = payload.get("expectedTotal") == null ? 0 : Hash.of(payload.object("expectedTotal"));
        order.fromCart = payload.text("origin").equals("CART");
        order.since = event.worked() + timeToDecide(event);
        List<Payload> lines = payload.objects("lines");
        order.lines = new Line[lines.size()];
        Set<String> products = HashSet.newHashSet(lines.size());
        for (int i = 0; i < order.lines.length; i++) {
            Payload line = lines.get(i);
            if (!products.add(line.text("productId")) || line.number("quantity") < 1) {
                findings.violation(
                        Invariant.ORDERS,
                        event,
                        "asks for %d of product %s in one of its lines, and a product stands in one line with 1 or more"
                                .formatted(line.number("quantity"), line.text("productId")));
            }
            order.lines[i] = new Line(orders.productOf(line.text("productId")), line.number("quantity"));
        }
        if (order.lines.length == 0) {
            findings.violation(Invariant.ORDERS, event, "asks for nothing");
        }
        orders.put(event.aggregateId(), order);
    }

    private static long timeToDecide(Event event) {
        try {
            Instant deadline = Instant.parse(event.payload().text("deadline"));
            return Math.max(0, Duration.between(event.time(), deadline).toMillis());
        } catch (DateTimeException e) {
            // An empty order is due at once.
            return 0;
        }
    }

    private void moves(Event event, AuditedOrder order, Status to, Status... from) {
        if (!List.of(from).contains(order.status)) {
            findings.violation(
                    Invariant.DECISIONS, event, "becomes %s, though it is %s already".formatted(to, order.status));
        }
        if (Hash.text(event.payload().text("customerId")) != order.customer) {
            findings.violation(
                    Invariant.ORDERS,
                    event,
                    "belongs to customer %s all at once"
                            .formatted(event.payload().text("customerId")));
        }
        order.status = to;
        order.since = event.worked();
    }

    private void isForTheSame(Event event, AuditedOrder order, List<String> products) {
        if (order.lines == null) {
            return;
        }
        boolean same = products.size() == order.lines.length;
        for (String product : products) {
            same &= order.lineOf(orders.productOf(product)) != null;
        }
        if (!same) {
            findings.violation(Invariant.ORDERS, event, event.type() + " is about other products than were ordered");
        }
    }

    @Override
    public void end(long now) {
        orders.forEach((order, number) -> {
            if (order.status == Status.PLACED && WorkClock.isOverdue(order.since, now)) {
                findings.violation(
                        Invariant.DECISIONS,
                        -1,
                        orders.subject(number),
                        "is not decided %d s past its deadline".formatted((now - order.since) / 1000));
            }
        });
    }
}
