package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RetryPolicy;
import io.grpc.ManagedChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How a channel to another process behaves: calls go round all instances that are well, and a dead one is noticed. */
final class RemoteChannel {

    private static final Duration UNTIL_CONNECTED = Duration.ofSeconds(2);

    /** A peer that was silent for this long is asked whether it is there; gRPC takes no less. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration UNTIL_IT_ANSWERS = Duration.ofSeconds(2);

    /** The name under which a side's health tells whether it takes calls. That a store is away does not end it: some need none. */
    static final String TAKES_CALLS = "calls";

    private RemoteChannel() {}

    static void settle(ManagedChannelBuilder<?> builder) {
        Map<String, Object> service = new HashMap<>(RetryPolicy.serviceConfig());
        service.put("loadBalancingConfig", List.of(Map.of(AnsweringBalancerProvider.POLICY, Map.of())));
        builder.defaultServiceConfig(service)
                .disableServiceConfigLookUp()
                .enableRetry()
                .keepAliveTime(SILENCE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(UNTIL_IT_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveWithoutCalls(true);
        // Beside Axon's connector there is another Netty, under other names, which Boot prefers.
        if (builder instanceof NettyChannelBuilder netty) {
            netty.withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) UNTIL_CONNECTED.toMillis());
        }
    }
}
