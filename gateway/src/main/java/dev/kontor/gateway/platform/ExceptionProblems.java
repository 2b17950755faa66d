package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.StatusRuntimeException;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Maps failures to problems. An unknown failure is a fault of Kontor, and its answer has no details. */
final class ExceptionProblems {

    private static final String TOO_LARGE = "is longer, deeper or holds more than any valid one";

    private ExceptionProblems() {}

    static RefusedException refusalOf(Throwable failure) {
        return switch (failure) {
            case RefusedException refused -> refused;
            case PreconditionFailed failed -> failed.refusal();
            case StatusRuntimeException status -> RefusalCodec.fromStatus(status);
            case HttpMessageNotReadableException unreadable -> ofBody(unreadable);
            case MethodArgumentTypeMismatchException mismatch ->
                RefusedException.invalid(mismatch.getName(), "must be " + kindOf(mismatch.getRequiredType()));
            case MissingServletRequestParameterException missing ->
                RefusedException.invalid(missing.getParameterName(), "is needed");
            case ServletRequestBindingException unbound -> refuse(Problem.INVALID_REQUEST);
            case InvalidParameterException undecodable ->
                new RefusedException(Problem.MALFORMED_REQUEST, "The query of the URL cannot be decoded");
            case RequestRejectedException unacceptable ->
                new RefusedException(Problem.MALFORMED_REQUEST, "The URL or a header is not acceptable");
            case ErrorResponse response -> ofStatus(response.getStatusCode().value());
            default -> refuse(Problem.INTERNAL);
        };
    }

    /** The headers that belong to a failure, such as {@code Allow} to a wrong method. */
    static HttpHeaders headersOf(Throwable failure) {
        return switch (failure) {
            case ErrorResponse response -> response.getHeaders();
            case PreconditionFailed failed -> failed.headers();
            default -> HttpHeaders.EMPTY;
        };
    }

    /** The problem for an HTTP status that Spring or Tomcat has chosen. */
    static RefusedException ofStatus(int status) {
        return refuse(
                switch (status) {
                    case 401 -> Problem.UNAUTHENTICATED;
                    case 403 -> Problem.FORBIDDEN;
                    case 404 -> Problem.NOT_FOUND;
                    case 405 -> Problem.METHOD_NOT_ALLOWED;
                    case 406 -> Problem.NOT_ACCEPTABLE;
                    case 408 -> Problem.REQUEST_TIMEOUT;
                    case 409 -> Problem.CONFLICT;
                    case 413 -> Problem.PAYLOAD_TOO_LARGE;
                    case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE;
                    // Tomcat's answer to an unknown method, encoding or version of HTTP.
                    case 501, 505 -> Problem.MALFORMED_REQUEST;
                    case 503 -> Problem.UNAVAILABLE;
                    case 504 -> Problem.DEADLINE_EXCEEDED;
                    default -> status >= 400 && status < 500 ? Problem.MALFORMED_REQUEST : Problem.INTERNAL;
                });
    }

    private static RefusedException refuse(Problem problem) {
        return new RefusedException(problem, problem.title());
    }

    private static RefusedException ofBody(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException refused) {
                return refused;
            }
        }
        return switch (unreadable.getCause()) {
            case WellFormedTexts.IllFormed text -> RefusedException.invalid(pathOf(text), text.getOriginalMessage());
            case MismatchedInputException mismatch
            when mismatch.getPath().isEmpty() ->
                new RefusedException(Problem.INVALID_REQUEST, "The body must be " + kindOf(mismatch.getTargetType()));
            case MismatchedInputException mismatch ->
                RefusedException.invalid(pathOf(mismatch), "must be " + kindOf(mismatch.getTargetType()));
            case InputCoercionException tooLarge
            when !tooLarge.getPath().isEmpty() -> RefusedException.invalid(pathOf(tooLarge), "is out of range");
            case StreamConstraintsException large
            when large.getPath().isEmpty() -> new RefusedException(Problem.INVALID_REQUEST, "The body " + TOO_LARGE);
            case StreamConstraintsException large -> RefusedException.invalid(pathOf(large), TOO_LARGE);
            case JacksonException malformed ->
                new RefusedException(Problem.MALFORMED_REQUEST, "The body is not valid JSON");
            case null -> new RefusedException(Problem.MALFORMED_REQUEST, "A body is needed");
            default -> refuse(Problem.MALFORMED_REQUEST);
        };
    }

    private static String pathOf(JacksonException failure) {
        return failure.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String kindOf(Class<?> type) {
        if (type == Long.class || type == Integer.class || type == long.class || type == int.class) {
            return "a whole number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        return type != null && Iterable.class.isAssignableFrom(type) ? "a list" : "an object";
    }
}
