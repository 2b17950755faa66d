package dev.kontor.api.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.Uuids;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.platform.DescribedAs;

/** Identifies a request with an idempotency key: a UUID in lower case, derived from the key and who may repeat it. */
@DescribedAs("A UUID in lower case, derived from the key and its scope.")
public record KeyedRequestId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public KeyedRequestId {
        value = Uuids.check(value);
    }

    /** @param callerId a customer's id, or the name of the operator */
    public static KeyedRequestId ofCaller(String callerId, String key) {
        return new KeyedRequestId(Uuids.derive("keyed-request", "caller", callerId, key));
    }

    /** Of a sign-up, which has no caller. */
    public static KeyedRequestId ofEmail(EmailKey email, String key) {
        return new KeyedRequestId(Uuids.derive("keyed-request", "e-mail", email.hash(), key));
    }

    /** The aggregate's identifier in the log, where aggregates of all types share one name space. */
    @Override
    public String toString() {
        return "request-" + value;
    }
}
