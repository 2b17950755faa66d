package dev.kontor.gateway.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Pattern;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Spring Security's, which looks at a header when somebody reads it: in the middle of a call. Here all are looked at
 * before, and so is the query.
 */
final class Firewall extends StrictHttpFirewall {

    /** Control characters, except those that a text of several lines has. */
    private static final Pattern CONTROL = Pattern.compile("%(0[0-8bcef]|1[0-9a-f]|7f)", Pattern.CASE_INSENSITIVE);

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query != null && CONTROL.matcher(query).find()) {
            throw new RequestRejectedException("The query has a control character");
        }
        FirewalledRequest checked = super.getFirewalledRequest(request);
        // Each is checked when it is read.
        for (String name : Collections.list(checked.getHeaderNames())) {
            Collections.list(checked.getHeaders(name));
        }
        return checked;
    }
}
