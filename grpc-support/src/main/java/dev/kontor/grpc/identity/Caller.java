package dev.kontor.grpc.identity;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.Context;
import java.time.Instant;
import java.util.Optional;

/**
 * The caller, from a verified access token.
 *
 * @param customerId the token's subject, immutable for the life of an account
 * @param role CUSTOMER or ADMIN
 * @param sessionId the session that the token was issued in
 * @param tokenVersion the version of the account's credentials at issue
 * @param expiresAt when the token expires
 * @param token the token itself, to be forwarded and never logged
 */
public record Caller(
        String customerId, String role, String sessionId, long tokenVersion, Instant expiresAt, String token) {

    static final Context.Key<Caller> CONTEXT = Context.key("caller");

    /** The refusal of the token that the call has sent. */
    private static final Context.Key<RefusedException> REFUSED = Context.key("caller-refused");

    /** The caller of the current call. */
    public static Optional<Caller> current() {
        return Optional.ofNullable(CONTEXT.get());
    }

    /**
     * @throws RefusedException with {@link Problem#UNAUTHENTICATED} without a caller, or with the refusal of the token
     */
    public static Caller required() {
        return current().orElseThrow(() -> {
            RefusedException refused = REFUSED.get();
            return refused != null
                    ? refused
                    : new RefusedException(Problem.UNAUTHENTICATED, Problem.UNAUTHENTICATED.title());
        });
    }

    /** A context without a caller, after a refused token; {@link #required} throws the refusal. */
    public static Context refused(Context context, RefusedException refusal) {
        return context.withValue(REFUSED, refusal);
    }

    /** A context in which {@link #current} is this caller; the gateway attaches it around its calls. */
    public Context in(Context context) {
        return context.withValue(CONTEXT, this);
    }

    public boolean isAdmin() {
        return "ADMIN".equals(role);
    }

    /**
     * The calling customer.
     *
     * @throws RefusedException with {@link Problem#FORBIDDEN} if the caller is the operator of the machine
     */
    public String asCustomer() {
        if (TokenVerifier.OPERATOR.equals(customerId)) {
            throw new RefusedException(Problem.FORBIDDEN, "The operator of the machine is not a customer");
        }
        return customerId;
    }

    /**
     * The customer that a request names, or the caller if it names none.
     *
     * @throws RefusedException with {@link Problem#FORBIDDEN} if the request names another customer and the caller is
     *     no admin, or if it names none and the caller is not a customer
     */
    public String orNamed(String named) {
        if (named == null || named.isEmpty() || named.equals(customerId)) {
            return asCustomer();
        }
        if (!isAdmin()) {
            throw new RefusedException(Problem.FORBIDDEN, "This belongs to another customer");
        }
        return named;
    }

    @Override
    public String toString() {
        return "Caller[" + customerId + ", " + role + "]";
    }
}
