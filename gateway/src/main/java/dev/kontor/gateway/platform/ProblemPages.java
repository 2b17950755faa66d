package dev.kontor.gateway.platform;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** The servlet container forwards errors here that have only a status. */
@Hidden
@Controller
class ProblemPages implements ErrorController {

    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Without a status a client has requested this page itself, which does not exist for clients.
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer failed
                ? failed
                : HttpServletResponse.SC_NOT_FOUND;
        Problems.write(request, response, ExceptionProblems.ofStatus(status));
    }
}
