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

/** Configures a channel to another process: balancing over healthy instances, retries and keepalive. */
final class RemoteChannel {

    private static final Duration UNTIL_CONNECTED = Duration.ofSeconds(2);

    /** After this silence of a peer gRPC sends a keepalive ping; gRPC allows no less. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration UNTIL_IT_ANSWERS = Duration.ofSeconds(2);

    /** The health service that reports whether a side accepts calls, even without its store: some calls need none. */
    static final String TAKES_CALLS = "calls";

    private RemoteChannel() {}

    static void configure(ManagedChannelBuilder<?> builder) {
        Map<String, Object> service = new HashMap<>(RetryPolicy.serviceConfig());
        service.put("loadBalancingConfig", List.of(Map.of(AnsweringBalancerProvider.POLICY, Map.of())));
        builder.defaultServiceConfig(service)
                .disableServiceConfigLookUp()
                .enableRetry()
                .keepAliveTime(SILENCE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(UNTIL_IT_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveWithoutCalls(true);
        // With Axon's connector on the class path, Spring Boot prefers the shaded Netty, which has another type.
        if (builder instanceof NettyChannelBuilder netty) {
            netty.withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) UNTIL_CONNECTED.toMillis());
        }
    }
}
