package dev.kontor.baseline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/api/v1/cart")
class CartController {

    private final JdbcClient jdbc;

    CartController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Quantity(long quantity) {}

    record Item(UUID productId, String title, Money unitPrice, long quantity, Money lineTotal, long available) {

        static Item of(ResultSet row, int number) throws SQLException {
            long price = row.getLong("price");
            long quantity = row.getLong("quantity");
            String currency = row.getString("currency");
            return new Item(
                    row.getObject("product_id", UUID.class),
                    row.getString("title"),
                    new Money(price, currency),
                    quantity,
                    new Money(price * quantity, currency),
                    row.getLong("available"));
        }
    }

    /** @param total null of an empty cart */
    record Cart(List<Item> items, Money total) {

        static Cart of(List<Item> items) {
            return new Cart(
                    items,
                    items.isEmpty()
                            ? null
                            : new Money(
                                    items.stream()
                                            .mapToLong(item -> item.lineTotal().amount())
                                            .sum(),
                                    items.getFirst().lineTotal().currency()));
        }
    }

    @PutMapping("/items/{productId}")
    Cart put(@PathVariable UUID productId, @RequestBody Quantity quantity, @AuthenticationPrincipal Jwt caller) {
        try {
            jdbc.sql("INSERT INTO cart_item (customer_id, product_id, quantity) VALUES (?, ?, ?)"
                            + " ON CONFLICT (customer_id, product_id) DO UPDATE SET quantity = EXCLUDED.quantity")
                    .params(UUID.fromString(caller.getSubject()), productId, quantity.quantity())
                    .update();
        } catch (DataIntegrityViolationException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "No such product, or no such quantity", e);
        }
        return read(caller);
    }

    @GetMapping
    Cart read(@AuthenticationPrincipal Jwt caller) {
        return Cart.of(jdbc.sql("""
                        SELECT i.product_id, i.quantity, p.title, p.price, p.currency, p.available
                        FROM cart_item i JOIN product p ON p.id = i.product_id
                        WHERE i.customer_id = ? ORDER BY i.product_id
                        """)
                .param(UUID.fromString(caller.getSubject()))
                .query(Item::of)
                .list());
    }
}
