package dev.kontor.api.ids;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.Uuids;
import dev.kontor.api.platform.DescribedAs;

/** An order's id: a UUID in lower case, random, or derived if a repeat must find the same order. */
@DescribedAs("A UUID in lower case.")
public record OrderId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OrderId {
        value = Uuids.check(value);
    }

    public static OrderId mint() {
        return new OrderId(Uuids.mint());
    }

    /** The order that belongs to a customer's idempotency key. */
    public static OrderId ofKey(CustomerId customerId, String idempotencyKey) {
        return new OrderId(Uuids.derive("idempotency-key", customerId.value(), idempotencyKey));
    }

    /** The order that a checkout leads to. */
    public static OrderId ofCheckout(CustomerId customerId, long cartVersion) {
        return new OrderId(Uuids.derive("checkout", customerId.value(), Long.toString(cartVersion)));
    }

    /** Whether it was derived from a key or a checkout. */
    public boolean isDerived() {
        return value.charAt(14) == '8';
    }

    @Override
    public String toString() {
        return value;
    }
}
