package dev.kontor.command.customer;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An in-memory index of products by seller. */
public final class InMemorySellers implements Sellers {

    private final Map<ProductId, CustomerId> products = new HashMap<>();
    private final Set<CustomerId> closed = new HashSet<>();
    private final Map<CustomerId, Long> versions = new HashMap<>();

    @Override
    public void listed(ProductId productId, CustomerId seller) {
        products.put(productId, seller);
    }

    @Override
    public void delisted(ProductId productId) {
        products.remove(productId);
    }

    @Override
    public List<ProductId> productsOf(CustomerId seller) {
        return products.entrySet().stream()
                .filter(product -> product.getValue().equals(seller))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public boolean closed(CustomerId seller, long version) {
        if (version < versions.merge(seller, version, Math::max)) {
            return false;
        }
        closed.add(seller);
        return true;
    }

    @Override
    public void reopened(CustomerId seller, long version) {
        if (version == versions.merge(seller, version, Math::max)) {
            closed.remove(seller);
        }
    }

    @Override
    public boolean isClosed(CustomerId seller) {
        return closed.contains(seller);
    }
}
