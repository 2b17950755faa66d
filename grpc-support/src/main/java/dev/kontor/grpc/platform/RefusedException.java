package dev.kontor.grpc.platform;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A call was understood and refused. It has no stack trace, because it is an answer, not a fault.
 *
 * <p>Its size is bounded, because clients can cause any number of violations: at most {@link #MOST_VIOLATIONS}
 * violations with a count of the others, at most {@value #MOST_ATTRIBUTES} attributes, and truncated texts.
 */
public final class RefusedException extends RuntimeException {

    /** The most violations that are listed; the others are counted. */
    public static final int MOST_VIOLATIONS = 20;

    private static final int MOST_ATTRIBUTES = 8;
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_FACT = 100;
    private static final int LONGEST_TEXT = 200;

    private final Problem problem;
    private final Map<String, String> attributes;
    private final List<Violation> violations;
    private final int moreViolations;

    /** An invalid value of the request: its path, such as {@code lines[0].quantity}, and the reason. */
    public record Violation(String field, String message) {

        public Violation {
            field = cut(field, LONGEST_FACT);
            message = cut(message, LONGEST_TEXT);
        }
    }

    public RefusedException(Problem problem, String detail) {
        this(problem, detail, Map.of(), List.of());
    }

    public RefusedException(
            Problem problem, String detail, Map<String, String> attributes, List<Violation> violations) {
        this(problem, detail, attributes, violations, 0);
    }

    /** @param moreViolations number of violations that are not in the list */
    public RefusedException(
            Problem problem,
            String detail,
            Map<String, String> attributes,
            List<Violation> violations,
            int moreViolations) {
        super(cut(detail, LONGEST_TEXT), null, false, false);
        this.problem = problem;
        this.attributes = attributes.entrySet().stream()
                .limit(MOST_ATTRIBUTES)
                .collect(Collectors.toUnmodifiableMap(
                        fact -> cut(fact.getKey(), LONGEST_NAME), fact -> cut(fact.getValue(), LONGEST_FACT)));
        this.violations = violations.stream().limit(MOST_VIOLATIONS).toList();
        this.moreViolations = moreViolations + violations.size() - this.violations.size();
    }

    public static RefusedException invalid(List<Violation> violations) {
        return invalid(violations, 0);
    }

    /** @param more number of violations that are not in the list */
    static RefusedException invalid(List<Violation> violations, int more) {
        int all = violations.size() + more;
        String detail = all == 1
                ? violations.getFirst().field() + " " + violations.getFirst().message()
                : all + " values are not valid";
        return new RefusedException(Problem.INVALID_REQUEST, detail, Map.of(), violations, more);
    }

    public static RefusedException invalid(String field, String message) {
        return invalid(List.of(new Violation(field, message)));
    }

    public Problem problem() {
        return problem;
    }

    /** A description of this occurrence. */
    public String detail() {
        return getMessage();
    }

    /** Further data for programs, such as the available units; keys in camelCase. */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** The first violations, at most {@link #MOST_VIOLATIONS}. */
    public List<Violation> violations() {
        return violations;
    }

    /** The number of violations that {@link #violations} does not list. */
    public int moreViolations() {
        return moreViolations;
    }

    private static String cut(String text, int longest) {
        if (text == null || text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
