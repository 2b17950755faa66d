package dev.kontor.gateway.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A frequent read that is the same for every caller. It answers as the controllers do, with less work. */
public interface PublicRead {

    /** False without an effect if the request is another one, or one in an unusual form. */
    boolean answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
}
