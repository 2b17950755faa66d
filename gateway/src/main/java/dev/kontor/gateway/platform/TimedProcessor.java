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
 * measures by itself the time in which none do: so headers that drip end after their deadline, and silent ones too. While
 * a body is read there is no such call, so {@link Served} is looked at from outside.
 */
final class TimedProcessor extends Http11Processor {

    /** A connection whose request is being read and answered. */
    record Served(TimedProcessor processor, SocketWrapperBase<?> connection) {

        /** Whether the request has begun longer ago and its body is still not read to the end, by whomever. */
        boolean isLate(Duration deadline) {
            return processor.hasBegunBefore(deadline) && !processor.isRequestBodyFullyRead();
        }
    }

    private final Duration deadline;
    private final Set<Served> served;

    /** @param served where it is while it is called */
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
            // Blank lines before a request are a beginning too. Tomcat would forget it, and the next byte would begin
            // anew.
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
