package dev.kontor.gateway.order;

import dev.kontor.gateway.platform.Accepted;
import org.springframework.http.ResponseEntity;

/** The answer to a mutation of an order in GraphQL: one of the two is null. */
public record OrderPayload(OrderJson order, Accepted accepted) {

    public static OrderPayload of(ResponseEntity<Object> answer) {
        return answer.getBody() instanceof OrderJson order
                ? new OrderPayload(order, null)
                : new OrderPayload(null, (Accepted) answer.getBody());
    }
}
