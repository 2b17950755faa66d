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

/** Where orders are kept between commands, and the PlaceOrder saga with the store it is kept in. */
@Configuration(proxyBeanMethods = false)
class SagaConfiguration {

    @Bean
    Repository<Order> orderRepository(CachedAggregates cached) {
        return cached.repository(Order.class);
    }

    /** By hand: Spring's own injector looks at the class again for every saga it loads, many times an order. */
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
