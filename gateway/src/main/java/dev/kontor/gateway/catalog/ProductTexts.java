package dev.kontor.gateway.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.gateway.platform.PreparedJson;
import dev.kontor.proto.catalog.Product;
import java.time.Duration;

/**
 * The JSON of products. A query side in this process answers with the same message as long as a product does not
 * change; the same message has the same JSON. So no text is ever old. Their memory is bounded.
 */
final class ProductTexts {

    private static final long MOST_BYTES = 16L << 20;

    private static final int ENTRY_BYTES = 400;

    // Keys are compared by identity. Short, because names of sellers are personal data.
    private final Cache<Product, PreparedJson> texts = Caffeine.newBuilder()
            .weakKeys()
            .maximumWeight(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 50))
            .weigher((Product product, PreparedJson json) -> ENTRY_BYTES + json.length())
            .expireAfterWrite(Duration.ofSeconds(30))
            .executor(Runnable::run)
            .build();

    private final boolean areMessagesKept;

    /** @param areMessagesKept whether the query side is in this process; messages from another one are always new */
    ProductTexts(boolean areMessagesKept) {
        this.areMessagesKept = areMessagesKept;
    }

    PreparedJson of(Product product) {
        if (!areMessagesKept) {
            return textOf(product);
        }
        PreparedJson known = texts.getIfPresent(product);
        if (known == null) {
            known = textOf(product);
            texts.put(product, known);
        }
        return known;
    }

    private static PreparedJson textOf(Product product) {
        return PreparedJson.of(ProductJson.of(product));
    }
}
