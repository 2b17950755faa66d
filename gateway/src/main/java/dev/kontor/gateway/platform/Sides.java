package dev.kontor.gateway.platform;

import dev.kontor.grpc.identity.OutgoingCalls;
import dev.kontor.grpc.platform.StartException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.GrpcChannelFactory;

/** The gateway's channels to the command side and the query side. */
@Configuration(proxyBeanMethods = false)
class Sides {

    private final GrpcChannelFactory channels;
    private final SideTargets targets;
    private final CircuitBreakerSettings breakerSettings;
    private final CircuitBreakerRegistry breakers;
    private final Duration deadline;

    /** @param deadline of a call that sets none of its own */
    Sides(
            GrpcChannelFactory channels,
            SideTargets targets,
            CircuitBreakerSettings breakerSettings,
            @Qualifier("gatewayBreakers") CircuitBreakerRegistry breakers,
            @Value("${kontor.deadline:10s}") Duration deadline) {
        if (!deadline.isPositive()) {
            throw new StartException("kontor.deadline is %s; it must be longer than 0.".formatted(deadline));
        }
        this.channels = channels;
        this.targets = targets;
        this.breakerSettings = breakerSettings;
        this.breakers = breakers;
        this.deadline = deadline;
    }

    @Bean(defaultCandidate = false)
    @CommandSideChannel
    ManagedChannel gatewayCommandSide() {
        return channel(SideTargets.COMMAND_SIDE);
    }

    @Bean(defaultCandidate = false)
    @QuerySideChannel
    ManagedChannel gatewayQuerySide() {
        return channel(SideTargets.QUERY_SIDE);
    }

    @Bean(defaultCandidate = false)
    Reconnecting gatewayReconnecting(
            @CommandSideChannel ManagedChannel commandSide, @QuerySideChannel ManagedChannel querySide) {
        List<ManagedChannel> remote = new ArrayList<>();
        if (!SideTargets.isInProcess(targets.of(SideTargets.COMMAND_SIDE))) {
            remote.add(commandSide);
        }
        if (!SideTargets.isInProcess(targets.of(SideTargets.QUERY_SIDE))) {
            remote.add(querySide);
        }
        return new Reconnecting(remote);
    }

    private ManagedChannel channel(String side) {
        String target = targets.of(side);
        ChannelBuilderOptions options = ChannelBuilderOptions.defaults();
        if (SideTargets.isInProcess(target)) {
            // Spring Boot's factory for in-process channels expects the target, the one for sockets the channel's name.
            return channels.createChannel(
                    target,
                    options.withInterceptors(
                            List.of(new OutgoingCalls(deadline, Optional.empty()), new CountedAnswers())));
        }
        SideTargets.check(side, target);
        List<ClientInterceptor> interceptors = new ArrayList<>();
        interceptors.add(new OutgoingCalls(deadline, targets.proofFor(side)));
        interceptors.add(new CountedAnswers());
        CircuitBreakers.of(side, breakerSettings, breakers).ifPresent(interceptors::add);
        try {
            return channels.createChannel(
                    side,
                    options.withInterceptors(interceptors)
                            .withCustomizer((name, builder) -> RemoteChannel.configure(builder)));
        } catch (IllegalArgumentException e) {
            throw SideTargets.unusable(side, target, "cannot be used as an address: " + e.getMessage());
        }
    }
}
