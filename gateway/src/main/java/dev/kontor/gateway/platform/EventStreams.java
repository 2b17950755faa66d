package dev.kontor.gateway.platform;

import dev.kontor.grpc.identity.ClientNetwork;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Answers requests with server-sent events: the messages of a stream of the query side. An open stream has no thread,
 * and counts for none of the limits of requests: it has bounds of its own.
 */
@Component
@EnableConfigurationProperties(LiveSettings.class)
public class EventStreams implements MeterBinder, DisposableBean {

    /** Memory for an open stream, its connection and its largest event. */
    static final int BYTES_PER_STREAM = 65_536;

    private static final int PERCENT_OF_HEAP = 10;

    private static final Pattern VERSION = Pattern.compile("-1|\\d{1,18}");

    private final Channel querySide;
    private final Duration heartbeat;
    private final Duration deadline;
    private final StreamLimits limits;
    private final Set<EventStream<?>> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong cutOff = new AtomicLong();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("live-", 0).factory());
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("live-heartbeats").factory());

    /** @param deadline of the first message */
    EventStreams(
            @QuerySideChannel Channel querySide,
            LiveSettings settings,
            @Value("${kontor.deadline:10s}") Duration deadline) {
        this.querySide = querySide;
        this.heartbeat = settings.heartbeat();
        this.deadline = deadline;
        limits = new StreamLimits(settings, Runtime.getRuntime().maxMemory() / 100 * PERCENT_OF_HEAP);
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * The version that the client knows; empty without the header.
     *
     * @param lastEventId the header {@code Last-Event-ID}, may be null
     * @throws RefusedException if it is no version
     */
    public static OptionalLong known(String lastEventId) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!VERSION.matcher(lastEventId).matches()) {
            throw RefusedException.invalid("Last-Event-ID", "must be the id of an event");
        }
        return OptionalLong.of(Long.parseLong(lastEventId));
    }

    /**
     * Answers with the messages of a stream, as they come. Returns when the first one has arrived; the answer goes on
     * afterwards. A stream that ends without a message is answered 204, so that the client does not come back.
     *
     * @throws RefusedException if too many streams are open
     * @throws io.grpc.StatusRuntimeException if the call fails before its first message
     */
    public void answer(HttpServletRequest request, HttpServletResponse response, Watched<?, ?> watched)
            throws IOException {
        answer(request, response, watched, EventForm.DOCUMENTS);
    }

    <Q, A> void answer(HttpServletRequest request, HttpServletResponse response, Watched<Q, A> watched, EventForm form)
            throws IOException {
        String network = ClientNetwork.current().orElseGet(() -> ClientNetwork.of(request.getRemoteAddr()));
        limits.enter(network, form.memory());
        EventStream<A> stream = new EventStream<>(this, network, watched, form);
        open.add(stream);
        try {
            CallOptions options = CallOptions.DEFAULT.withExecutor(threads);
            // What the request holds is returned when this method returns.
            Context.current()
                    .withValue(HeldAnswer.CONTEXT, null)
                    .run(() -> stream.start(querySide.newCall(watched.method(), options), watched.request()));
            stream.answer(request, response, deadline);
        } finally {
            stream.leaveUnlessAnswering();
        }
    }

    /** Called once for each stream. */
    void leave(EventStream<?> stream, String network, long memory) {
        open.remove(stream);
        limits.leave(network, memory);
    }

    Future<?> beat(Runnable beat) {
        long nanos = heartbeat.toNanos();
        return timer.scheduleAtFixedRate(() -> threads.execute(beat), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    void countCutOff() {
        cutOff.incrementAndGet();
    }

    /** Streams end before the server waits for its requests. Their clients come back to another gateway, or later. */
    @EventListener(ContextClosedEvent.class)
    void end() {
        limits.close();
        open.forEach(EventStream::finish);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
        threads.shutdown();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("kontor.live.streams", limits, StreamLimits::open)
                .description("open streams of server-sent events")
                .register(registry);
        FunctionCounter.builder("kontor.live.cuts", cutOff, AtomicLong::get)
                .description("streams that ended because their client did not read")
                .register(registry);
    }
}
