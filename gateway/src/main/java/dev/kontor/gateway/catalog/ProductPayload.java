package dev.kontor.gateway.catalog;

import dev.kontor.gateway.platform.Accepted;
import org.springframework.http.ResponseEntity;

/** The answer to a mutation of a product: one of the two is null. */
record ProductPayload(ProductJson product, Accepted accepted) {

    static ProductPayload of(ResponseEntity<Object> answer) {
        return answer.getBody() instanceof ProductJson product
                ? new ProductPayload(product, null)
                : new ProductPayload(null, (Accepted) answer.getBody());
    }
}
