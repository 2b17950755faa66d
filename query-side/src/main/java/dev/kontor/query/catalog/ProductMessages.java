package dev.kontor.query.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.proto.catalog.Product;
import java.time.Duration;

/**
 * The messages of products. A document that is the same object as before, with the same name of its seller, has the
 * same message, so that what is made of the message can be kept too. That is useful where the store keeps documents.
 */
final class ProductMessages {

    // Keys are compared by identity, and do not keep a document in memory. Short, because names are personal data.
    private final Cache<ProductDocument, Product> messages = Caffeine.newBuilder()
            .weakKeys()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(30))
            .executor(Runnable::run)
            .build();

    private final boolean areDocumentsKept;

    ProductMessages(boolean areDocumentsKept) {
        this.areDocumentsKept = areDocumentsKept;
    }

    /** @param sellerName empty if the seller is not known (any more) */
    Product of(ProductDocument document, String sellerName) {
        if (!areDocumentsKept) {
            return document.toProto(sellerName);
        }
        Product known = messages.getIfPresent(document);
        if (known != null && known.getSellerName().equals(sellerName)) {
            return known;
        }
        Product made = document.toProto(sellerName);
        messages.put(document, made);
        return made;
    }
}
