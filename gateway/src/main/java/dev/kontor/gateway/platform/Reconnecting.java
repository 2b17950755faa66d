package dev.kontor.gateway.platform;

import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;

/**
 * Makes the channels connect again to unreachable instances once a second. By itself a channel waits longer after each
 * failure, up to two minutes. Existing connections stay. Names whose addresses have expired are resolved again.
 */
final class Reconnecting implements DisposableBean {

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final ScheduledExecutorService dialling = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("reconnecting").factory());

    /** @param channels to other processes; empty in the standalone process */
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
