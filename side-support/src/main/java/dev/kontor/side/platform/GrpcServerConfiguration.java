package dev.kontor.side.platform;

import dev.kontor.grpc.identity.AccessInterceptor;
import dev.kontor.grpc.identity.GatewayInterceptor;
import dev.kontor.grpc.identity.GatewayProof;
import dev.kontor.grpc.identity.OutgoingCalls;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.grpc.platform.CallInterceptor;
import dev.kontor.grpc.platform.StartException;
import dev.kontor.grpc.platform.UnreadableRequests;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.GrpcServerFactory;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import org.springframework.grpc.server.service.DefaultGrpcServiceConfigurer;
import org.springframework.grpc.server.service.GrpcServiceConfigurer;
import org.springframework.grpc.server.service.GrpcServiceSpec;

/** The interceptors of every gRPC call to a side, in process or over a port. */
@Configuration(proxyBeanMethods = false)
class GrpcServerConfiguration {

    /**
     * The first translation that knows a failure is used. It comes after Spring's own exception handler, which has
     * order 1 and knows none of them: outside of it the call would already be closed as {@code UNKNOWN}.
     */
    @Bean
    @Order(2)
    @GlobalServerInterceptor
    CallInterceptor callInterceptor(ObjectProvider<FailureTranslation> parts) {
        List<FailureTranslation> translations = parts.orderedStream().toList();
        return new CallInterceptor(failure -> translations.stream()
                .map(translation -> translation.translate(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null));
    }

    @Bean
    @Order(3)
    @GlobalServerInterceptor
    @Profile(SpringProfiles.DISTRIBUTED)
    GatewayInterceptor gatewaysOnly(
            @Value("${" + GatewayProof.SETTING + ":}") String secret,
            @Value("${spring.grpc.server.ssl.client-auth:none}") String clientCertificate) {
        if (!secret.isBlank()) {
            return GatewayInterceptor.gatewaysOnly(Optional.of(GatewayProof.of(secret)));
        }
        if (clientCertificate.equalsIgnoreCase("require")) {
            return GatewayInterceptor.gatewaysOnly(Optional.empty());
        }
        throw new StartException(
                ("%s is empty, so this side cannot distinguish gateways from other callers. Give all processes the same one"
                                + " (openssl rand -base64 32), or turn mutual TLS on (docs/security.md).")
                        .formatted(GatewayProof.SETTING));
    }

    @Bean
    @Order(3)
    @GlobalServerInterceptor
    @Profile("!" + SpringProfiles.DISTRIBUTED)
    GatewayInterceptor openToAll() {
        return GatewayInterceptor.openToAll();
    }

    @Bean
    @Order(4)
    @GlobalServerInterceptor
    AccessInterceptor accessInterceptor(@Qualifier("sideTokenVerifier") TokenVerifier verifier) {
        return new AccessInterceptor(verifier);
    }

    /** Registers every service with every interceptor, and with a check of unreadable requests. */
    @Bean
    GrpcServiceConfigurer services(ApplicationContext context) {
        return new DefaultGrpcServiceConfigurer(context) {
            @Override
            public ServerServiceDefinition configure(GrpcServiceSpec service, GrpcServerFactory server) {
                return UnreadableRequests.passedOn(super.configure(service, server));
            }
        };
    }

    /** Many small elements of a list take far more memory than bytes of the message. */
    @Bean
    <B extends ServerBuilder<B>> ServerBuilderCustomizer<B> boundedRequests() {
        return server -> server.maxInboundMessageSize(OutgoingCalls.LARGEST_REQUEST);
    }

    /** Calls block on stores and on each other, so each runs on a virtual thread. */
    @Bean
    GrpcServerExecutorProvider callExecutor() {
        return () -> Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("call-", 0).factory());
    }

    /** Boot's servers, with a sentence for the operator where one cannot listen. */
    @Bean
    static BeanPostProcessor serversThatSayWhyTheyCannotListen(
            ObjectProvider<GrpcServerProperties> settings, ApplicationEventPublisher events) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof GrpcServerLifecycle server
                        ? listening(
                                server.getFactory(),
                                settings.getObject().getShutdown().getGracePeriod(),
                                events)
                        : bean;
            }
        };
    }

    static GrpcServerLifecycle listening(GrpcServerFactory server, Duration grace, ApplicationEventPublisher events) {
        return new GrpcServerLifecycle(server, grace, events) {
            @Override
            protected void createAndStartGrpcServer() {
                try {
                    super.createAndStartGrpcServer();
                } catch (IOException e) {
                    throw new StartException(
                            "gRPC cannot listen. %s: is the port in use? Set another port.".formatted(e.getMessage()),
                            e);
                }
            }
        };
    }
}
