package dev.kontor.grpc.platform;

/**
 * A command was sent, and what became of it is not known: its answer was lost, or does not come in time. It may have been
 * written, may be written later, or never. So this is no {@link RefusedException}, by which nothing was written: whoever acts on a
 * refusal leaves this alone. They ask again where that is safe, or leave it to the event that will tell.
 */
public final class OutcomeUnknownException extends RuntimeException {

    private final Problem problem;

    /**
     * @param problem what the one who called is told
     * @param cause null where there is nothing but silence
     */
    public OutcomeUnknownException(Problem problem, String detail, Throwable cause) {
        super(detail, cause, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** As the one who called is told. */
    public RefusedException told() {
        return new RefusedException(problem, getMessage());
    }
}
