package dev.kontor.grpc.identity;

import io.grpc.Context;
import io.grpc.Metadata;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The idempotency key of the client's request, which a gateway reports to the side with each call that it makes for the
 * request. The side reports back whether a call had its effect under this key. Unknown for calls of others than
 * gateways. Thread-safe.
 */
public final class KeyedCall {

    /** What a call did with the key. */
    public enum Outcome {
        /** The key has had no effect. */
        NONE,
        /** The effect is durable, and recorded under the key. */
        EXECUTED,
        /** The effect was recorded before. */
        REPEATED
    }

    private static final Metadata.Key<String> KEY =
            Metadata.Key.of("kontor-idempotency-key", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> FINGERPRINT =
            Metadata.Key.of("kontor-request-fingerprint", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> OUTCOME =
            Metadata.Key.of("kontor-key-outcome", Metadata.ASCII_STRING_MARSHALLER);

    private static final Context.Key<KeyedCall> CONTEXT = Context.key("keyed-call");
    private static final Pattern ACCEPTABLE_KEY = Pattern.compile("[!-~](?:[ -~]{0,198}[!-~])?");
    private static final Pattern ACCEPTABLE_FINGERPRINT = Pattern.compile("[\\w-]{20,64}");

    private final String key;
    private final String fingerprint;
    private final String operation;
    private volatile Outcome outcome = Outcome.NONE;

    private KeyedCall(String key, String fingerprint, String operation) {
        this.key = key;
        this.fingerprint = fingerprint;
        this.operation = operation;
    }

    /** @param fingerprint a hash of the request: 20 to 64 letters, digits, {@code _} and {@code -} */
    public static KeyedCall of(String key, String fingerprint) {
        return new KeyedCall(key, fingerprint, "");
    }

    /** Whether it has 1 to 200 printable characters of ASCII, and no space at its ends. */
    public static boolean isAcceptable(String key) {
        return ACCEPTABLE_KEY.matcher(key).matches();
    }

    /** The key of the current call; empty if it has none. */
    public static Optional<KeyedCall> current() {
        return Optional.ofNullable(CONTEXT.get());
    }

    /** A context in which {@link #current} is this; the gateway attaches it around its calls. */
    public Context in(Context context) {
        return context.withValue(CONTEXT, this);
    }

    public String key() {
        return key;
    }

    public String fingerprint() {
        return fingerprint;
    }

    /** The service and the method of the call; only at the side. */
    public String operation() {
        return operation;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Sets the outcome, of which the first counts. */
    public void ends(Outcome reached) {
        if (outcome == Outcome.NONE) {
            outcome = reached;
        }
    }

    void put(Metadata headers) {
        headers.put(KEY, key);
        headers.put(FINGERPRINT, fingerprint);
    }

    /** @param method the full name of the called method */
    static Optional<KeyedCall> toldBy(Metadata headers, String method) {
        String key = headers.get(KEY);
        String fingerprint = headers.get(FINGERPRINT);
        boolean isKeyed = key != null
                && fingerprint != null
                && isAcceptable(key)
                && ACCEPTABLE_FINGERPRINT.matcher(fingerprint).matches();
        return isKeyed
                ? Optional.of(new KeyedCall(key, fingerprint, method.substring(method.lastIndexOf('.') + 1)))
                : Optional.empty();
    }

    void tell(Metadata trailers) {
        if (outcome != Outcome.NONE) {
            trailers.put(OUTCOME, outcome.name());
        }
    }

    void told(Metadata trailers) {
        String told = trailers.get(OUTCOME);
        if (told != null) {
            ends(told.equals(Outcome.REPEATED.name()) ? Outcome.REPEATED : Outcome.EXECUTED);
        }
    }
}
