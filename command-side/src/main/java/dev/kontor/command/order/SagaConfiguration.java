package dev.kontor.command.order;

import dev.kontor.command.platform.CachedAggregates;
import dev.kontor.command.platform.Commands;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.saga.ResourceInjector;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The repository of orders, and the PlaceOrder saga with its store. */
@Configuration(proxyBeanMethods = false)
class SagaConfiguration {

    @Bean
    Repository<Order> orderRepository(CachedAggregates cached) {
        return cached.repository(Order.class);
    }

    /** Explicit: Spring's own injector inspects the class again for every saga it loads, many times per order. */
    @Bean
    ResourceInjector resourceInjector(ObjectProvider<Commands> commands, ObjectProvider<StockReturn> stockReturn) {
        return saga -> {
            if (saga instanceof PlaceOrderSaga placeOrder) {
                placeOrder.use(commands.getObject(), stockReturn.getObject());
            }
        };
    }

    @Bean
    ConfigurerModule placeOrderSaga(SagaStore<Object> sagaStore) {
        return configurer -> configurer
                .eventProcessing()
                .registerSaga(PlaceOrderSaga.class, saga -> saga.configureSagaStore(c -> sagaStore));
    }
}
