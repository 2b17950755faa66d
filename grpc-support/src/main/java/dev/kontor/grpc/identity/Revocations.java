package dev.kontor.grpc.identity;

/** What is revoked of tokens that have not run out yet, as far as this process knows. Asked for every request: fast. */
@FunctionalInterface
public interface Revocations {

    /** For a process that leaves this question to the sides, as a gateway does. */
    Revocations NONE = caller -> false;

    /**
     * Whether the caller's session or all their older tokens were revoked.
     *
     * @throws dev.kontor.grpc.platform.RefusedException with {@code UNAVAILABLE} where this process has not read the log for too
     *     long to know
     */
    boolean revokes(Caller caller);
}
