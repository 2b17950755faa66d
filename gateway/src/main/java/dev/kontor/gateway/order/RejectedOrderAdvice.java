package dev.kontor.gateway.order;

import dev.kontor.gateway.platform.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Has precedence over the general advice, which does not handle {@link RejectedOrder}. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice
class RejectedOrderAdvice {

    @ExceptionHandler
    void answer(RejectedOrder rejected, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.LOCATION, rejected.location());
        Problems.write(request, response, rejected.refusal(), rejected.status(), rejected.members());
    }
}
