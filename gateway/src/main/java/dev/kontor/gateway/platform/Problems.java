package dev.kontor.gateway.platform;

import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RateLimiter;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** The one place where an error becomes an answer, whoever found it: controller, filter, Spring Security or Tomcat. */
public final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    /** An attribute of a refusal: in how many seconds to try again. A header of the answer as well. */
    public static final String RETRY_AFTER = RateLimiter.RETRY_AFTER;

    /** What {@code WWW-Authenticate} says to a token that does not count. */
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
     * Answers with whatever the failure means.
     *
     * @throws IOException where a part of another answer is out already: the container breaks the connection
     */
    static void answer(HttpServletRequest request, HttpServletResponse response, Throwable failure) throws IOException {
        if (response.isCommitted()) {
            // The cause as it is, where it is that the client has left: nobody needs to be told of that.
            throw failure.getCause() instanceof IOException left
                    ? left
                    : new IOException("the answer to " + request.getRequestURI() + " broke off", failure);
        }
        ExceptionProblems.headersOf(failure)
                .forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        RefusedException refused = ExceptionProblems.refusalOf(failure);
        if (refused.problem() == Problem.INTERNAL) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        } else if (refused.problem().httpStatus() >= 500) {
            log.warn("{} {} failed: {}", request.getMethod(), request.getRequestURI(), failure.toString());
        }
        write(request, response, refused);
    }

    /** The id that {@link RequestFilter} gave the request; Tomcat finds some errors before that filter ran. */
    static String requestId(HttpServletRequest request) {
        if (request.getAttribute(RequestId.NAME) instanceof String known) {
            return known;
        }
        String minted = RequestId.acceptOrMint(request.getHeader(RequestId.HTTP_HEADER));
        request.setAttribute(RequestId.NAME, minted);
        return minted;
    }

    /** A caller whose token this gateway has taken is told that a side has not (RFC 6750). */
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
