package dev.kontor.crash;

import dev.kontor.store.StoreListener;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;

/**
 * Attaches the crash points to existing extension points of the application. Active only in a process with this class
 * as a source; it is not shipped.
 */
@Configuration(proxyBeanMethods = false)
class CrashPoints {

    @Bean
    Fuse fuse() {
        return new Fuse();
    }

    @Bean
    StoreListener appends(Fuse fuse) {
        return new StoreListener() {
            @Override
            public void writing(Group group) {
                fuse.reached(CrashPoint.BEFORE_APPEND);
            }

            @Override
            public void written(Group group, Duration took) {
                fuse.reached(CrashPoint.AFTER_SYNC);
            }
        };
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @GlobalServerInterceptor
    ServerInterceptor answers(Fuse fuse) {
        return new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                if (!call.getMethodDescriptor().getServiceName().endsWith("Commands")) {
                    return next.startCall(call, headers);
                }
                return next.startCall(
                        new SimpleForwardingServerCall<>(call) {
                            @Override
                            public void sendMessage(A answer) {
                                fuse.reached(CrashPoint.BEFORE_ANSWER);
                                super.sendMessage(answer);
                            }
                        },
                        headers);
            }
        };
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    Filter answered(Fuse fuse) {
        return (request, response, chain) -> {
            chain.doFilter(request, response);
            if (!((HttpServletRequest) request).getMethod().equals("GET")) {
                // Sends what is left of it.
                response.getOutputStream().close();
                fuse.reached(CrashPoint.AFTER_ANSWER);
            }
        };
    }

    /** Commands that are sent while an event is handled: only the saga and the policies do that. */
    @Bean
    ConfigurerModule sagaCommands(Fuse fuse) {
        return configurer -> configurer.onInitialize(configuration -> configuration.onStart(() -> {
            configuration.commandBus().registerDispatchInterceptor(commands -> (index, command) -> {
                if (CurrentUnitOfWork.isStarted()) {
                    fuse.reached(CrashPoint.BEFORE_SAGA_COMMAND);
                }
                return command;
            });
            configuration.commandBus().registerHandlerInterceptor((work, chain) -> {
                Object answer = chain.proceed();
                if (work.parent().isPresent()) {
                    fuse.reached(CrashPoint.AFTER_SAGA_COMMAND);
                }
                return answer;
            });
        }));
    }

    @Bean
    static BeanPostProcessor stores(ObjectProvider<Fuse> fuse) {
        return new WatchedStores(point -> fuse.getObject().reached(point));
    }
}
