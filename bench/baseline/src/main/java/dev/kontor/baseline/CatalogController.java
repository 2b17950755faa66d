package dev.kontor.baseline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/api/v1/catalog/products")
class CatalogController {

    private static final String SELECT = """
            SELECT p.id, p.title, p.description, p.category, p.price, p.currency, p.available, p.reserved,
                   p.seller_id, c.name AS seller_name
            FROM product p JOIN customer c ON c.id = p.seller_id
            """;
    private static final int MOST = 100;

    private final JdbcClient jdbc;

    CatalogController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record NewProduct(String title, String description, String category, Money price, long stock) {}

    record Seller(UUID id, String name) {}

    record Product(
            UUID id,
            String title,
            String description,
            String category,
            Money price,
            long available,
            long reserved,
            Seller seller) {

        static Product of(ResultSet row, int number) throws SQLException {
            return new Product(
                    row.getObject("id", UUID.class),
                    row.getString("title"),
                    row.getString("description"),
                    row.getString("category"),
                    new Money(row.getLong("price"), row.getString("currency")),
                    row.getLong("available"),
                    row.getLong("reserved"),
                    new Seller(row.getObject("seller_id", UUID.class), row.getString("seller_name")));
        }
    }

    /** @param nextPageToken the last id of the page; null on the last page */
    record Page(List<Product> items, UUID nextPageToken) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Product list(@RequestBody NewProduct product, @AuthenticationPrincipal Jwt caller) {
        UUID id = UUID.randomUUID();
        jdbc.sql("INSERT INTO product (id, title, description, category, price, currency, available, seller_id)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        id,
                        product.title(),
                        product.description(),
                        product.category(),
                        product.price().amount(),
                        product.price().currency(),
                        product.stock(),
                        UUID.fromString(caller.getSubject()))
                .update();
        return one(id);
    }

    @GetMapping("/{id}")
    Product one(@PathVariable UUID id) {
        return jdbc.sql(SELECT + "WHERE p.id = ?")
                .param(id)
                .query(Product::of)
                .optional()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** The newest first. */
    @GetMapping
    Page page(
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "20") int pageSize,
            @RequestParam(required = false) UUID pageToken) {
        if (pageSize < 1 || pageSize > MOST) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "pageSize must be from 1 to " + MOST);
        }
        StringBuilder sql = new StringBuilder(SELECT).append("WHERE true");
        if (!search.isEmpty()) {
            sql.append(" AND (p.title ILIKE :search OR p.description ILIKE :search)");
        }
        if (pageToken != null) {
            sql.append(" AND (p.created_at, p.id) < (SELECT created_at, id FROM product WHERE id = :last)");
        }
        List<Product> found = jdbc.sql(sql.append(" ORDER BY p.created_at DESC, p.id DESC LIMIT :size")
                        .toString())
                .param("search", "%" + search.replaceAll("([%_\\\\])", "\\\\$1") + "%")
                .param("last", pageToken)
                .param("size", pageSize + 1)
                .query(Product::of)
                .list();
        return found.size() <= pageSize
                ? new Page(found, null)
                : new Page(found.subList(0, pageSize), found.get(pageSize - 1).id());
    }
}
