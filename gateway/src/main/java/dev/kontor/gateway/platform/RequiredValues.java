package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.Violations;

/** Collects the missing values of a request. The sides decide whether a value is valid. */
public final class RequiredValues {

    private final Violations violations = new Violations();

    /** Adds a violation if the value is null. */
    public RequiredValues value(String field, Object value) {
        if (value == null) {
            violations.add(field, "is needed");
        }
        return this;
    }

    /** @throws RefusedException with every missing value */
    public void orRefuse() {
        violations.refuseIfAny();
    }
}
