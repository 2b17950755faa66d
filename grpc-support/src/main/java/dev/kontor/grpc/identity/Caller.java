package dev.kontor.grpc.identity;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.Context;
import java.time.Instant;
import java.util.Optional;

/**
 * Who calls, as a verified access token says.
 *
 * @param customerId the token's subject, immutable for the life of an account
 * @param role CUSTOMER or ADMIN
 * @param sessionId the session the token was issued in
 * @param tokenVersion the version of the account's proofs at issue
 * @param expiresAt when the token ends
 * @param token the token itself, to be forwarded and never logged
 */
public record Caller(
        String customerId, String role, String sessionId, long tokenVersion, Instant expiresAt, String token) {

    static final Context.Key<Caller> CONTEXT = Context.key("caller");

    /** Why whoever calls is taken for nobody, though they have sent a token. */
    private static final Context.Key<RefusedException> REFUSED = Context.key("caller-refused");

    /** The caller of the call being served on this thread. */
    public static Optional<Caller> current() {
        return Optional.ofNullable(CONTEXT.get());
    }

    /** @throws RefusedException with {@link Problem#UNAUTHENTICATED} where there is no caller, or as their token was refused */
    public static Caller required() {
        return current().orElseThrow(() -> {
            RefusedException refused = REFUSED.get();
            return refused != null
                    ? refused
                    : new RefusedException(Problem.UNAUTHENTICATED, Problem.UNAUTHENTICATED.title());
        });
    }

    /** A context without a caller, for what needs none: their token was refused, and {@link #required} says why. */
    public static Context nobody(Context context, RefusedException why) {
        return context.withValue(REFUSED, why);
    }

    /** A context in which {@link #current} is this caller; the gateway attaches it around its calls. */
    public Context in(Context context) {
        return context.withValue(CONTEXT, this);
    }

    public boolean isAdmin() {
        return "ADMIN".equals(role);
    }

    /**
     * The customer who calls.
     *
     * @throws RefusedException with {@link Problem#FORBIDDEN} where it is the operator of the machine, who is none
     */
    public String asCustomer() {
        if (TokenVerifier.OPERATOR.equals(customerId)) {
            throw new RefusedException(Problem.FORBIDDEN, "The token of the machine's operator is no customer's");
        }
        return customerId;
    }

    /**
     * The customer a request is about: the caller where the request names nobody, else the one named.
     *
     * @throws RefusedException with {@link Problem#FORBIDDEN} where the request names another customer and the caller is no admin, or
     *     names no customer and the caller is none
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
