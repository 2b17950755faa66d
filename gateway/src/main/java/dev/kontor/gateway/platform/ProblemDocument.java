package dev.kontor.gateway.platform;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An error as clients see it (RFC 9457).
 *
 * @param type stable: {@code urn:kontor:problem:<code>}
 * @param title one sentence, the same for every occurrence of the type
 * @param detail what happened this time
 * @param requestId finds the request in the logs
 * @param errors the values that are not acceptable, at most 20; absent where there are none
 * @param moreErrors how many more there are than are listed; absent where all are
 * @param more further members for programs
 */
@Schema(name = "Problem")
record ProblemDocument(
        String type,
        String title,
        int status,
        String detail,
        String requestId,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> errors,

        @JsonInclude(JsonInclude.Include.NON_NULL) Integer moreErrors,

        @JsonAnyGetter @Schema(hidden = true) Map<String, Object> more) {

    private static final Set<String> OWN_MEMBERS =
            Set.of("type", "title", "status", "detail", "requestId", "errors", "moreErrors", "more");

    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9]\\d{0,17}");

    /** Where in the request, such as {@code lines[0].quantity}, and why. */
    @Schema(name = "Violation")
    record Violation(String field, String message) {}

    static ProblemDocument of(RefusedException refused, String requestId) {
        return of(refused, refused.problem().httpStatus(), Map.of(), requestId);
    }

    /**
     * @param status what is answered, where it is not the one of the problem
     * @param further members besides the attributes of the refusal
     */
    static ProblemDocument of(RefusedException refused, int status, Map<String, Object> further, String requestId) {
        Problem problem = refused.problem();
        Map<String, Object> more = new LinkedHashMap<>();
        refused.attributes().forEach((name, fact) -> more.put(name, asJson(fact)));
        more.putAll(further);
        // An attribute that is called like a member of every problem must not stand in the document twice.
        more.keySet().removeAll(OWN_MEMBERS);
        return new ProblemDocument(
                problem.urn(),
                problem.title(),
                status,
                refused.detail(),
                requestId,
                refused.violations().stream()
                        .map(violation -> new Violation(violation.field(), violation.message()))
                        .toList(),
                refused.moreViolations() == 0 ? null : refused.moreViolations(),
                more);
    }

    /** Facts travel between the processes as text; a whole number is one again here. */
    private static Object asJson(String fact) {
        return WHOLE_NUMBER.matcher(fact).matches() ? (Object) Long.valueOf(fact) : fact;
    }
}
