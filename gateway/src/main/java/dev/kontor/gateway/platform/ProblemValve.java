package dev.kontor.gateway.platform;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers errors that Tomcat finds before any filter runs, such as invalid characters in a path. */
final class ProblemValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        boolean failed = response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST;
        if (!failed || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            SecurityHeaders.set(request, response.getResponse());
            Problems.write(request, response.getResponse(), ExceptionProblems.ofStatus(response.getStatus()));
        } catch (IOException e) {
            log.debug("a client closed the connection before its error was sent", e);
        }
    }
}
