package dev.kontor.gateway.identity;

import org.springframework.security.web.firewall.RequestRejectedException;

/** A query parameter with control characters. */
final class RejectedParameter extends RequestRejectedException {

    private final String name;

    /** @param name as it stands in the query */
    RejectedParameter(String name) {
        super("The parameter %s has a control character".formatted(name));
        this.name = name;
    }

    String name() {
        return name;
    }
}
