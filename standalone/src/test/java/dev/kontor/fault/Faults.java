package dev.kontor.fault;

import dev.kontor.api.catalog.ProductCommand.ReserveStock;
import dev.kontor.query.platform.Batch;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.ViewStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
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
 * {@code mend} ends all.
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
        Thread.ofPlatform().daemon().name("faults").start(Faults::listen);
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof ViewStore views ? broken(views) : bean;
            }
        };
    }

    private static void listen() {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                switch (words[0]) {
                    case "view" -> VIEWS.add(words[1]);
                    case "saga" -> SAGAS.add(words[1]);
                    default -> {
                        VIEWS.clear();
                        SAGAS.clear();
                    }
                }
                System.out.println("fault: " + line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
