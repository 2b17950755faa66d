package dev.kontor.wire.operations;

import java.util.List;
import java.util.Map;

/** A call that was understood and refused. Carries no stack trace: it is an answer, not a fault. */
public final class Refused extends RuntimeException {

    private final Problem problem;
    private final Map<String, String> attributes;
    private final List<Violation> violations;

    /** A value of the request that is not acceptable: where it stands, such as {@code lines[0].quantity}, and why. */
    public record Violation(String field, String message) {}

    public Refused(Problem problem, String detail) {
        this(problem, detail, Map.of(), List.of());
    }

    public Refused(Problem problem, String detail, Map<String, String> attributes, List<Violation> violations) {
        super(detail, null, false, false);
        this.problem = problem;
        this.attributes = Map.copyOf(attributes);
        this.violations = List.copyOf(violations);
    }

    public static Refused invalid(List<Violation> violations) {
        String detail = violations.size() == 1
                ? violations.getFirst().field() + " " + violations.getFirst().message()
                : violations.size() + " values are not valid";
        return new Refused(Problem.INVALID_REQUEST, detail, Map.of(), violations);
    }

    public static Refused invalid(String field, String message) {
        return invalid(List.of(new Violation(field, message)));
    }

    public Problem problem() {
        return problem;
    }

    /** What happened this time, for a person. */
    public String detail() {
        return getMessage();
    }

    /** Further facts for programs, such as the units still available; keys in camelCase. */
    public Map<String, String> attributes() {
        return attributes;
    }

    public List<Violation> violations() {
        return violations;
    }
}
