package dev.kontor.crash;

import dev.kontor.api.customer.KeyRing;
import dev.kontor.query.platform.Batch;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.store.StoreListener;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.saga.repository.SagaStore;
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

    /** Axon calls the token store first, the saga store after it. */
    @Bean
    static BeanPostProcessor storesAndKeys(ObjectProvider<Fuse> fuse) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return switch (bean) {
                    case TokenStore tokens ->
                        watched(
                                TokenStore.class,
                                tokens,
                                Map.of(),
                                Map.of("storeToken", CrashPoint.BETWEEN_SAGA_AND_TOKEN));
                    case SagaStore<?> sagas ->
                        watched(
                                SagaStore.class,
                                sagas,
                                Map.of(),
                                Map.of("insertSaga", CrashPoint.AFTER_SAGA, "updateSaga", CrashPoint.AFTER_SAGA));
                    case KeyRing keys ->
                        watched(KeyRing.class, keys, Map.of("destroy", CrashPoint.BEFORE_KEY_IS_DESTROYED), Map.of());
                    case ViewStore views -> watched(views);
                    default -> bean;
                };
            }

            /** Batches that change documents. */
            private Object watched(ViewStore views) {
                InvocationHandler passingOn = (proxy, method, arguments) -> {
                    boolean writes = method.getName().equals("apply")
                            && !((Batch) arguments[0]).types().isEmpty();
                    try {
                        reached(writes ? CrashPoint.BEFORE_DOCUMENTS : null);
                        Object answer = method.invoke(views, arguments);
                        reached(writes ? CrashPoint.AFTER_VIEW_TOKEN : null);
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                };
                return Proxy.newProxyInstance(
                        ViewStore.class.getClassLoader(), new Class<?>[] {ViewStore.class}, passingOn);
            }

            private <T> Object watched(
                    Class<T> type, T store, Map<String, CrashPoint> before, Map<String, CrashPoint> afterwards) {
                InvocationHandler passingOn = (proxy, method, arguments) -> {
                    try {
                        reached(before.get(method.getName()));
                        Object answer = method.invoke(store, arguments);
                        reached(afterwards.get(method.getName()));
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                };
                return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, passingOn);
            }

            private void reached(CrashPoint point) {
                if (point != null) {
                    fuse.getObject().reached(point);
                }
            }
        };
    }
}
