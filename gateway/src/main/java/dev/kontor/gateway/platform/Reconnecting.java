package dev.kontor.gateway.platform;

import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;

/**
 * Has every instance that is away dialled again once a second. Left alone a channel waits longer after each failure, up to
 * two minutes, and a side that is back would stay alone for as long. What is connected is not touched. Names are looked up
 * again as well, when their address is too old.
 */
final class Reconnecting implements DisposableBean {

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final ScheduledExecutorService dialling = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("reconnecting").factory());

    /** @param channels to other processes; none in the one JVM */
    Reconnecting(List<ManagedChannel> channels) {
        for (ManagedChannel channel : channels) {
            dialling.scheduleWithFixedDelay(
                    channel::resetConnectBackoff,
                    BETWEEN_TRIES.toMillis(),
                    BETWEEN_TRIES.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void destroy() {
        dialling.shutdownNow();
    }
}
