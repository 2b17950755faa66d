package dev.kontor.gateway.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Pattern;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Checks all headers and the query before the request is handled. Spring Security's firewall checks a header only when
 * it is read, in the middle of a call.
 */
final class HeaderFirewall extends StrictHttpFirewall {

    /** Control characters, except those that a multi-line text may contain. */
    private static final Pattern CONTROL = Pattern.compile("%(0[0-8bcef]|1[0-9a-f]|7f)", Pattern.CASE_INSENSITIVE);

    private static final Pattern PLAIN_NAME = Pattern.compile("\\w{1,50}");

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        if (request.getQueryString() != null) {
            refuseControlCharacters(request.getQueryString());
        }
        FirewalledRequest checked = super.getFirewalledRequest(request);
        // Reading a header checks it.
        for (String name : Collections.list(checked.getHeaderNames())) {
            Collections.list(checked.getHeaders(name));
        }
        return checked;
    }

    private static void refuseControlCharacters(String query) {
        for (String parameter : query.split("&")) {
            if (CONTROL.matcher(parameter).find()) {
                String name = parameter.substring(0, Math.max(0, parameter.indexOf('=')));
                throw PLAIN_NAME.matcher(name).matches()
                        ? new RejectedParameter(name)
                        : new RequestRejectedException("The query has a control character");
            }
        }
    }
}
