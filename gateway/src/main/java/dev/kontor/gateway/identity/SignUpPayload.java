package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.Accepted;
import org.springframework.http.ResponseEntity;

/** The answer to a sign-up in GraphQL: one of the two is null. */
record SignUpPayload(SignedUp customer, Accepted accepted) {

    static SignUpPayload of(ResponseEntity<Object> answer) {
        return answer.getBody() instanceof SignedUp customer
                ? new SignUpPayload(customer, null)
                : new SignUpPayload(null, (Accepted) answer.getBody());
    }
}
