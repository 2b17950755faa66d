package dev.kontor.gateway.operations;

import dev.kontor.wire.identity.OutgoingCalls;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.GrpcChannelFactory;

/** The two channels behind the door. */
@Configuration(proxyBeanMethods = false)
class Sides {

    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);

    @Bean(defaultCandidate = false)
    @CommandSide
    ManagedChannel gatewayCommandSide(GrpcChannelFactory channels, Environment properties) {
        return channel("command-side", channels, properties);
    }

    @Bean(defaultCandidate = false)
    @QuerySide
    ManagedChannel gatewayQuerySide(GrpcChannelFactory channels, Environment properties) {
        return channel("query-side", channels, properties);
    }

    private static ManagedChannel channel(String name, GrpcChannelFactory channels, Environment properties) {
        // Boot's factory for channels inside one JVM does not look names up in the properties, the one for sockets
        // does.
        String target = properties.getProperty("spring.grpc.client.channel." + name + ".target", name);
        return channels.createChannel(
                target.startsWith("in-process:") ? target : name,
                ChannelBuilderOptions.defaults().withInterceptors(List.of(new OutgoingCalls(DEFAULT_DEADLINE))));
    }
}
