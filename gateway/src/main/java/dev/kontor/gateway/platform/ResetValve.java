package dev.kontor.gateway.platform;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets an asynchronous answer end at once: its connection, or over HTTP/2 its stream. The Servlet API can only complete
 * it, and over HTTP/2 Tomcat then waits without a bound for a client that does not take the rest.
 */
final class ResetValve extends ValveBase {

    private static final String RESET = ResetValve.class.getName();

    ResetValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Runnable reset = () -> response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
        request.setAttribute(RESET, reset);
        getNext().invoke(request, response);
    }

    /** Ends the answer to this request, which must not be complete yet. */
    static Runnable of(ServletRequest request) {
        return (Runnable) request.getAttribute(RESET);
    }
}
