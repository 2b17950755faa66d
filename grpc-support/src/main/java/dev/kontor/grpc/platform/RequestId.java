package dev.kontor.grpc.platform;

import io.grpc.Context;
import io.grpc.Metadata;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id of a request in every process, log line and event. */
public final class RequestId {

    public static final String HTTP_HEADER = "X-Request-Id";
    /** The name in the logging context, and in the metadata of messages and events. */
    public static final String NAME = "requestId";

    /** The gRPC header. */
    public static final Metadata.Key<String> METADATA =
            Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

    static final Context.Key<String> CONTEXT = Context.key(NAME);

    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

    private RequestId() {}

    /** The given id if it is harmless (1 to 100 letters, digits and {@code . _ : -}), else a new one. */
    public static String acceptOrMint(String candidate) {
        return candidate != null && ACCEPTABLE.matcher(candidate).matches()
                ? candidate
                : UUID.randomUUID().toString();
    }

    /** The id of the current call, or a new one outside a call. */
    public static String current() {
        String current = CONTEXT.get();
        return current != null ? current : UUID.randomUUID().toString();
    }

    /** A context in which {@link #current} is this id; the gateway attaches it around its calls. */
    public static Context in(Context context, String requestId) {
        return context.withValue(CONTEXT, requestId);
    }
}
