package dev.kontor.gateway.platform;

import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RateLimiter;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Writes all problem documents, for errors of controllers, filters, Spring Security and Tomcat. */
public final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    /** They state something about an answer that a problem may replace. */
    private static final List<String> OF_THE_REPLACED =
            List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG, IdempotencyKey.REPLAYED);

    /** An attribute of a refusal, and a header of the answer: the seconds to wait before a retry. */
    public static final String RETRY_AFTER = RateLimiter.RETRY_AFTER;

    /** The {@code WWW-Authenticate} header for an invalid token. */
    public static final String INVALID_TOKEN = "Bearer error=\"invalid_token\"";

    private Problems() {}

    /** Answers with the refusal. */
    public static void write(HttpServletRequest request, HttpServletResponse response, RefusedException refused)
            throws IOException {
        write(response, ProblemDocument.of(refused, requestId(request)));
    }

    /** Answers with the refusal under another status and with further members. */
    public static void write(
            HttpServletRequest request,
            HttpServletResponse response,
            RefusedException refused,
            int status,
            Map<String, Object> members)
            throws IOException {
        write(response, ProblemDocument.of(refused, status, members, requestId(request)));
    }

    /**
     * Answers with the problem of the failure.
     *
     * @throws IOException if part of another answer has been sent; the container closes the connection
     */
    static void answer(HttpServletRequest request, HttpServletResponse response, Throwable failure) throws IOException {
        if (response.isCommitted()) {
            // The container does not log this cause: the client has closed the connection.
            throw failure.getCause() instanceof IOException left
                    ? left
                    : new IOException("the answer to " + request.getRequestURI() + " broke off", failure);
        }
        OF_THE_REPLACED.stream().filter(response::containsHeader).forEach(name -> response.setHeader(name, null));
        ExceptionProblems.headersOf(failure)
                .forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        write(request, response, refusalOf(failure, request.getMethod() + " " + request.getRequestURI()));
    }

    /** The problem of the failure of {@code what}. Logs a failure that is not the client's. */
    static RefusedException refusalOf(Throwable failure, String what) {
        RefusedException refused = ExceptionProblems.refusalOf(failure);
        if (refused.problem() == Problem.INTERNAL) {
            log.error("{} failed", what, failure);
        } else if (refused.problem().httpStatus() >= 500 && !isTooMuchForThisGateway(failure)) {
            log.warn("{} failed: {}", what, failure.toString());
        }
        return refused;
    }

    /** Nothing has failed then, and under a flood there would be a line for each request. */
    private static boolean isTooMuchForThisGateway(Throwable failure) {
        return failure instanceof RefusedException refused && refused.problem() == Problem.OVERLOADED;
    }

    /** The id that {@link RequestFilter} gave the request, or a new one if Tomcat failed before that filter. */
    static String requestId(HttpServletRequest request) {
        if (request.getAttribute(RequestId.NAME) instanceof String known) {
            return known;
        }
        String minted = RequestId.acceptOrMint(request.getHeader(RequestId.HTTP_HEADER));
        request.setAttribute(RequestId.NAME, minted);
        return minted;
    }

    /** States that the token is invalid if a side has refused a token that this gateway accepted (RFC 6750). */
    private static String challenge(ProblemDocument problem) {
        boolean isTokenRefused = problem.type().equals(Problem.UNAUTHENTICATED.urn())
                && Caller.current().isPresent();
        return isTokenRefused ? INVALID_TOKEN : "Bearer";
    }

    private static void write(HttpServletResponse response, ProblemDocument problem) throws IOException {
        if (response.isCommitted()) {
            log.debug("too late to answer {}", problem.type());
            return;
        }
        byte[] body = StrictJson.MAPPER.writeValueAsBytes(problem);
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setHeader(RequestId.HTTP_HEADER, problem.requestId());
        if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED
                && !response.containsHeader(HttpHeaders.WWW_AUTHENTICATE)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(problem));
        }
        if (problem.more().get(RETRY_AFTER) instanceof Long seconds) {
            response.setHeader(HttpHeaders.RETRY_AFTER, seconds.toString());
        } else if (problem.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
