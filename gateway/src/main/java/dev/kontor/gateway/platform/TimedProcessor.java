package dev.kontor.gateway.platform;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.apache.coyote.Adapter;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Closes a connection whose request takes too long to arrive. Tomcat calls it whenever bytes of the headers arrive, and
 * has its own timeout for when none do, so headers that arrive slowly end at their deadline. While a body is read there
 * is no such call, so {@link BoundedHttp} checks {@link Served} periodically.
 */
final class TimedProcessor extends Http11Processor {

    /** A connection whose request is being read and answered. */
    record Served(TimedProcessor processor, SocketWrapperBase<?> connection) {

        /** Whether the request began longer ago than the deadline and its body is not fully read yet. */
        boolean isLate(Duration deadline) {
            return processor.hasBegunBefore(deadline) && !processor.isRequestBodyFullyRead();
        }
    }

    private final Duration deadline;
    private final Set<Served> served;

    /** @param served the set that contains it while it serves a request */
    TimedProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter, Duration deadline, Set<Served> served) {
        super(protocol, adapter);
        this.deadline = deadline;
        this.served = served;
    }

    @Override
    public SocketState service(SocketWrapperBase<?> connection) throws IOException {
        if (hasBegunBefore(deadline)) {
            return SocketState.CLOSED;
        }
        Served now = new Served(this, connection);
        served.add(now);
        try {
            SocketState state = super.service(connection);
            // After blank lines before a request, Tomcat would forget when the request began.
            return state == SocketState.OPEN && hasBegun() ? SocketState.LONG : state;
        } finally {
            served.remove(now);
        }
    }

    private boolean hasBegun() {
        return request.getStartTimeNanos() != -1;
    }

    private boolean hasBegunBefore(Duration time) {
        return hasBegun() && System.nanoTime() - request.getStartTimeNanos() > time.toNanos();
    }
}
