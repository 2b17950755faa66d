package dev.kontor.audit.order;

import dev.kontor.audit.AuditProjection;
import dev.kontor.audit.Event;
import dev.kontor.audit.Payload;
import java.util.List;
import java.util.Map;

/** An order in the collection {@code orders}. */
public final class OrderAuditProjection implements AuditProjection {

    @Override
    public void apply(Event event, Fields document) {
        Payload payload = event.payload();
        switch (event.type()) {
            case "order.OrderPlaced" -> {
                document.set("customerId", payload.text("customerId"));
                document.set("status", "PLACED");
                lines(payload, document);
                List<Payload> lines = payload.objects("lines");
                if (isOneCurrency(lines)) {
                    document.set("total", total(lines));
                }
                document.set("placedAt", event.time().toEpochMilli());
            }
            case "order.OrderConfirmed" -> {
                document.set("status", "CONFIRMED");
                lines(payload, document);
                document.set("total", payload.object("total"));
                document.set("reservations", payload.objects("reservations"));
            }
            case "order.OrderRejected" -> {
                document.set("status", "REJECTED");
                document.set("rejection", payload.object("rejection"));
            }
            case "order.OrderCancelled" -> document.set("status", "CANCELLED");
            case "order.OrderShipped" -> document.set("status", "SHIPPED");
            case "order.OrderDelivered" -> document.set("status", "DELIVERED");
            case "order.OrderStockReturned" -> document.set("returns", payload.objects("returns"));
            default -> {}
        }
    }

    private static void lines(Payload payload, Fields document) {
        List<Payload> lines = payload.objects("lines");
        document.set("lines", lines);
        document.set(
                "sellers",
                lines.stream().map(line -> line.text("sellerId")).distinct().toList());
    }

    /** An order in several currencies, from before the shop's was fixed, has no total. */
    private static boolean isOneCurrency(List<Payload> lines) {
        return lines.stream()
                        .map(line -> line.object("unitPrice").text("currency"))
                        .distinct()
                        .count()
                == 1;
    }

    private static Map<String, Object> total(List<Payload> lines) {
        long amount = 0;
        for (Payload line : lines) {
            amount += line.object("unitPrice").number("amount") * line.number("quantity");
        }
        return Map.of(
                "amount",
                amount,
                "currency",
                lines.getFirst().object("unitPrice").text("currency"));
    }
}
