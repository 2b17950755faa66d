package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.Violations;

/** Gathers which values a request lacks; whether a value is acceptable is for the sides to say. */
public final class RequiredValues {

    private final Violations violations = new Violations();

    /** Notes a violation where the value is null. */
    public RequiredValues value(String field, Object value) {
        if (value == null) {
            violations.add(field, "is needed");
        }
        return this;
    }

    /** @throws RefusedException with every value that is missing */
    public void orRefuse() {
        violations.refuseIfAny();
    }
}
