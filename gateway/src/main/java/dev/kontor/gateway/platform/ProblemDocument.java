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
 * An error in an HTTP answer (RFC 9457).
 *
 * @param type stable: {@code urn:kontor:problem:<code>}
 * @param title one sentence, the same for every occurrence of the type
 * @param detail about this occurrence
 * @param requestId identifies the request in the logs
 * @param errors the invalid values, at most 20; absent if there are none
 * @param moreErrors number of invalid values that are not listed; absent if all are
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

    /** @param field the path in the request, such as {@code lines[0].quantity} */
    @Schema(name = "Violation")
    record Violation(String field, String message) {}

    static ProblemDocument of(RefusedException refused, String requestId) {
        return of(refused, refused.problem().httpStatus(), Map.of(), requestId);
    }

    /**
     * @param status of the answer; may differ from the problem's
     * @param further members in addition to the attributes of the refusal
     */
    static ProblemDocument of(RefusedException refused, int status, Map<String, Object> further, String requestId) {
        Problem problem = refused.problem();
        Map<String, Object> more = new LinkedHashMap<>();
        refused.attributes().forEach((name, fact) -> more.put(name, asJson(fact)));
        more.putAll(further);
        // An attribute with the name of a standard member would be a duplicate key.
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

    /** Attributes are texts in gRPC; this converts whole numbers back. */
    private static Object asJson(String fact) {
        return WHOLE_NUMBER.matcher(fact).matches() ? (Object) Long.valueOf(fact) : fact;
    }
}
