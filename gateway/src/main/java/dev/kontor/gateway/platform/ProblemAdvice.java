package dev.kontor.gateway.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every failure inside Spring MVC, of a controller or of the way to one. */
@RestControllerAdvice
class ProblemAdvice {

    /** Spring Security decides these further out. */
    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    void leaveToSecurity(RuntimeException failure) {
        throw failure;
    }

    @ExceptionHandler(Throwable.class)
    void answer(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws Throwable {
        if (response.isCommitted()) {
            // Nothing can be said any more; further out the connection is broken.
            throw failure;
        }
        Problems.answer(request, response, failure);
    }
}
