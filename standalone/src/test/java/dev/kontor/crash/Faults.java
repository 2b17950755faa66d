package dev.kontor.crash;

import dev.kontor.api.catalog.ProductCommand.ReserveStock;
import dev.kontor.query.platform.Batch;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.ViewStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Faults of views and of the saga that concern single products. Active only in a process with this class as a source;
 * it is not shipped. Lines on the standard input control it: {@code view ID} and {@code saga ID} begin a fault,
 * {@code mend} ends all. The system property {@code kontor.fault} has such a line for a fault from the start on.
 */
@Configuration(proxyBeanMethods = false)
class Faults {

    private static final Set<String> VIEWS = ConcurrentHashMap.newKeySet();
    private static final Set<String> SAGAS = ConcurrentHashMap.newKeySet();

    /** What a faulty handler throws. */
    static final class FaultException extends RuntimeException {
        FaultException(String what) {
            super(what);
        }
    }

    @Bean
    static BeanPostProcessor brokenViews() {
        StandardInput.on("view", VIEWS::add);
        StandardInput.on("saga", SAGAS::add);
        StandardInput.on("mend", nothing -> {
            VIEWS.clear();
            SAGAS.clear();
        });
        String[] fromTheStart = System.getProperty("kontor.fault", "none").split(" ");
        switch (fromTheStart[0]) {
            case "view" -> VIEWS.add(fromTheStart[1]);
            case "saga" -> SAGAS.add(fromTheStart[1]);
            default -> {}
        }
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof ViewStore views ? broken(views) : bean;
            }
        };
    }

    private static Object broken(ViewStore views) {
        return Proxy.newProxyInstance(
                ViewStore.class.getClassLoader(), new Class<?>[] {ViewStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("apply")) {
                        refuse((Batch) arguments[0]);
                    }
                    try {
                        return method.invoke(views, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void refuse(Batch batch) {
        for (DocumentType<?> type : batch.types()) {
            if (batch.updates(type).stream().anyMatch(update -> VIEWS.contains(update.id()))) {
                throw new FaultException("a document of " + type.name() + " cannot be made");
            }
        }
    }

    /** Fails where the saga asks for the stock of a product. */
    @Bean
    ConfigurerModule brokenSaga() {
        return configurer -> configurer.onInitialize(configuration -> configuration.onStart(() -> configuration
                .commandBus()
                .registerDispatchInterceptor(commands -> (index, command) -> {
                    if (CurrentUnitOfWork.isStarted()
                            && command.getPayload() instanceof ReserveStock reserve
                            && SAGAS.contains(reserve.productId().value())) {
                        throw new FaultException("the stock cannot be reserved");
                    }
                    return command;
                })));
    }
}
