package dev.kontor.standalone.customer;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.customer.Sellers;
import dev.kontor.store.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The index of products by seller, in the database of the log. A lookup by seller scans all rows. A row is written in
 * one commit with the processor's token, so no event is handled twice and rows need no versions.
 */
final class EmbeddedSellers implements Sellers {

    private static final String PRODUCT = "product/";
    private static final String CLOSED = "closed/";
    private static final byte[] NOTHING = {};

    private final Column column;

    EmbeddedSellers(Column column) {
        this.column = column;
    }

    @Override
    public void listed(ProductId productId, CustomerId seller) {
        column.put(PRODUCT + productId, bytes(seller));
    }

    @Override
    public void delisted(ProductId productId) {
        column.delete(PRODUCT + productId);
    }

    @Override
    public List<ProductId> productsOf(CustomerId seller) {
        byte[] wanted = bytes(seller);
        return column.entries().entrySet().stream()
                .filter(row -> row.getKey().startsWith(PRODUCT) && Arrays.equals(row.getValue(), wanted))
                .map(row -> new ProductId(row.getKey().substring(PRODUCT.length())))
                .toList();
    }

    @Override
    public boolean closed(CustomerId seller, long version) {
        column.put(CLOSED + seller, NOTHING);
        return true;
    }

    @Override
    public void reopened(CustomerId seller, long version) {
        column.delete(CLOSED + seller);
    }

    @Override
    public boolean isClosed(CustomerId seller) {
        return column.get(CLOSED + seller).isPresent();
    }

    private static byte[] bytes(CustomerId seller) {
        return seller.value().getBytes(StandardCharsets.US_ASCII);
    }
}
