package dev.kontor.grpc.identity;

/** The revocations of tokens that have not expired. Called for every request. */
@FunctionalInterface
public interface Revocations {

    /** For a process that leaves the check to the sides, as a gateway does. */
    Revocations NONE = caller -> false;

    /**
     * Whether the caller's session, or all tokens of the caller's version, are revoked.
     *
     * @throws dev.kontor.grpc.platform.RefusedException with {@code UNAVAILABLE} if this process is too far behind the
     *     log
     */
    boolean revokes(Caller caller);
}
