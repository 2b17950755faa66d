package dev.kontor.grpc.platform;

/**
 * The outcome of a command is unknown: its answer was lost or did not arrive in time. Its events may be written
 * already, later or never. A {@link RefusedException} instead states that nothing was written, so code that acts on a
 * refusal must not act on this. It repeats the command if that is safe, or waits for the event.
 */
public final class OutcomeUnknownException extends RuntimeException {

    private final Problem problem;

    /**
     * @param problem of the answer to the caller
     * @param cause null if the answer did not arrive in time
     */
    public OutcomeUnknownException(Problem problem, String detail, Throwable cause) {
        super(detail, cause, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** The answer to the caller. */
    public RefusedException told() {
        return new RefusedException(problem, getMessage());
    }
}
