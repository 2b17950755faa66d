package dev.kontor.baseline;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/api/v1/orders")
class OrderController {

    private static final String CONFIRMED = "CONFIRMED";

    private final JdbcClient jdbc;

    OrderController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record NewLine(UUID productId, long quantity) {}

    record NewOrder(List<NewLine> lines) {}

    record Line(UUID productId, String title, Money unitPrice, long quantity, Money lineTotal) {

        static Line of(UUID productId, String title, long price, String currency, long quantity) {
            return new Line(
                    productId, title, new Money(price, currency), quantity, new Money(price * quantity, currency));
        }
    }

    record Order(UUID id, UUID customerId, String status, List<Line> lines, Money total, Instant placedAt) {

        static Order of(UUID id, UUID customerId, String status, List<Line> lines, Instant placedAt) {
            Money total = new Money(
                    lines.stream().mapToLong(line -> line.lineTotal().amount()).sum(),
                    lines.getFirst().lineTotal().currency());
            return new Order(id, customerId, status, lines, total, placedAt);
        }
    }

    private record Sold(String title, long price, String currency) {}

    private record Head(UUID customerId, String status, OffsetDateTime placedAt) {}

    private record StoredLine(UUID productId, String title, long price, String currency, long quantity) {}

    /** All lines or none, in one transaction. Products are locked in one order, so orders do not deadlock. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Transactional
    public Order place(@RequestBody NewOrder order, @AuthenticationPrincipal Jwt caller) {
        if (order.lines() == null || order.lines().isEmpty()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "An order has lines");
        }
        UUID id = UUID.randomUUID();
        UUID customerId = UUID.fromString(caller.getSubject());
        Instant now = Instant.now();
        jdbc.sql("INSERT INTO customer_order (id, customer_id, status, placed_at) VALUES (?, ?, ?, ?)")
                .params(id, customerId, CONFIRMED, now.atOffset(ZoneOffset.UTC))
                .update();
        List<Line> lines = new ArrayList<>();
        for (NewLine wanted : order.lines().stream()
                .sorted(Comparator.comparing(NewLine::productId))
                .toList()) {
            lines.add(sell(id, wanted));
        }
        return Order.of(id, customerId, CONFIRMED, lines, now);
    }

    private Line sell(UUID orderId, NewLine wanted) {
        if (wanted.quantity() < 1) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "A quantity is at least 1");
        }
        Sold sold = jdbc.sql("UPDATE product SET available = available - :quantity, reserved = reserved + :quantity"
                        + " WHERE id = :id AND available >= :quantity RETURNING title, price, currency")
                .param("quantity", wanted.quantity())
                .param("id", wanted.productId())
                .query(Sold.class)
                .optional()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.CONFLICT, "Not enough in stock"));
        jdbc.sql("INSERT INTO order_line (order_id, product_id, title, price, currency, quantity)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")
                .params(orderId, wanted.productId(), sold.title(), sold.price(), sold.currency(), wanted.quantity())
                .update();
        return Line.of(wanted.productId(), sold.title(), sold.price(), sold.currency(), wanted.quantity());
    }

    @GetMapping("/{id}")
    Order one(@PathVariable UUID id, @AuthenticationPrincipal Jwt caller) {
        Head head = jdbc.sql("SELECT customer_id, status, placed_at FROM customer_order"
                        + " WHERE id = ? AND customer_id = ?")
                .params(id, UUID.fromString(caller.getSubject()))
                .query(Head.class)
                .optional()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        List<Line> lines = jdbc
                .sql("SELECT product_id, title, price, currency, quantity FROM order_line"
                        + " WHERE order_id = ? ORDER BY product_id")
                .param(id)
                .query(StoredLine.class)
                .list()
                .stream()
                .map(line -> Line.of(line.productId(), line.title(), line.price(), line.currency(), line.quantity()))
                .toList();
        return Order.of(
                id, head.customerId(), head.status(), lines, head.placedAt().toInstant());
    }
}
