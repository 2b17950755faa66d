package dev.kontor.gateway.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers every failure inside Spring MVC. */
@RestControllerAdvice
class ProblemAdvice {

    /** The filters of Spring Security answer these. */
    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    void leaveToSecurity(RuntimeException failure) {
        throw failure;
    }

    @ExceptionHandler(Throwable.class)
    void answer(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws Throwable {
        if (response.isCommitted()) {
            // Too late for a problem document; the container closes the connection.
            throw failure;
        }
        Problems.answer(request, response, failure);
    }
}
