package dev.kontor.gateway.operations;

import dev.kontor.wire.operations.Refused;
import dev.kontor.wire.operations.Violations;

/** Gathers which values a request lacks; whether a value is acceptable is for the sides to say. */
public final class Needed {

    private final Violations violations = new Violations();

    /** Notes a violation where the value is null. */
    public Needed value(String field, Object value) {
        if (value == null) {
            violations.add(field, "is needed");
        }
        return this;
    }

    /** @throws Refused with every value that is missing */
    public void orRefuse() {
        violations.refuseIfAny();
    }
}
