package dev.kontor.gateway.platform;

import dev.kontor.grpc.identity.ClientNetwork;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.Context;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies over 1 MiB, or 8 KiB at the paths for authentication: at once if the length is announced, else as soon
 * as more has arrived. Also refuses bodies that arrive after their deadline, and requests and answers that exceed the
 * budgets of {@link RequestsInFlight}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class BodyLimit extends OncePerRequestFilter {

    private static final int MOST_BYTES = 1_048_576;

    /**
     * Needs no token, and its bodies are short, so they get no more than the free bytes of {@link RequestsInFlight}.
     */
    private static final String AUTH = "/api/v1/auth/";

    private final HttpSettings settings;
    private final RequestsInFlight inFlight;
    private final LongSupplier nanoTime;

    @Autowired
    BodyLimit(HttpSettings settings) {
        this(settings, Runtime.getRuntime().maxMemory(), System::nanoTime);
    }

    BodyLimit(HttpSettings settings, long heap, LongSupplier nanoTime) {
        this.settings = settings;
        this.inFlight = new RequestsInFlight(settings, heap);
        this.nanoTime = nanoTime;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // The decoded path, so that every spelling of it has the same bound.
        int most = request.getServletPath().startsWith(AUTH) ? RequestsInFlight.FREE_BYTES : MOST_BYTES;
        if (request.getContentLengthLong() > most) {
            Problems.write(request, response, CountedBody.tooLarge(most));
            return;
        }
        String network = ClientNetwork.current().orElseGet(() -> ClientNetwork.of(request.getRemoteAddr()));
        if (!inFlight.enter(network)) {
            Problems.write(request, response, new RefusedException(Problem.OVERLOADED, "Too many requests at a time"));
            return;
        }
        long due = nanoTime.getAsLong() + settings.bodyDeadline().toNanos();
        Limited limited = new Limited(request, most, due);
        HeldAnswer held = new HeldAnswer(inFlight, network);
        Context context = Context.current().withValue(HeldAnswer.CONTEXT, held);
        Context outer = context.attach();
        try {
            chain.doFilter(limited, new Counted(response, held));
        } finally {
            context.detach(outer);
            held.giveBack();
            limited.giveBack();
            inFlight.leave(network);
        }
    }

    private final class Limited extends HttpServletRequestWrapper {

        private final int most;
        private final long due;
        private CountedBody counted;

        Limited(HttpServletRequest request, int most, long due) {
            super(request);
            this.most = most;
            this.due = due;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (counted == null) {
                counted = new CountedBody(super.getInputStream(), most, inFlight, () -> nanoTime.getAsLong() > due);
            }
            return counted;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }

        void giveBack() {
            if (counted != null) {
                counted.giveBack();
            }
        }
    }

    private static final class Counted extends HttpServletResponseWrapper {

        private final HeldAnswer held;
        private CountedAnswer counted;

        Counted(HttpServletResponse response, HeldAnswer held) {
            super(response);
            this.held = held;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            if (counted == null) {
                counted = new CountedAnswer(super.getOutputStream(), held);
            }
            return counted;
        }
    }
}
