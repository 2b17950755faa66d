package dev.kontor.gateway.cart;

import dev.kontor.gateway.platform.Accepted;
import org.springframework.http.ResponseEntity;

/** The answer to a mutation of a cart: one of the two is null. */
record CartPayload(CartJson cart, Accepted accepted) {

    static CartPayload of(ResponseEntity<Object> answer) {
        return answer.getBody() instanceof CartJson cart
                ? new CartPayload(cart, null)
                : new CartPayload(null, (Accepted) answer.getBody());
    }
}
