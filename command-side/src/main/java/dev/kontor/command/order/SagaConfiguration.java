package dev.kontor.command.order;

import dev.kontor.command.platform.CachedAggregates;
import dev.kontor.command.platform.CommandLetters;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.LetteredSagas;
import dev.kontor.command.platform.OrderProcessing;
import dev.kontor.side.platform.DeadLetters;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.ResourceInjector;
import org.axonframework.modelling.saga.SagaManagerSpanFactory;
import org.axonframework.modelling.saga.repository.AnnotatedSagaRepository;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The repository of orders, and the PlaceOrder saga with its store. */
@Configuration(proxyBeanMethods = false)
class SagaConfiguration {

    /** The name of the queue of the saga's dead letters. */
    static final String LETTERS = "place-order-saga";

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

    /** The orders of letters need attention: the sweeper rejects those that are undecided. */
    @Bean
    ConfigurerModule placeOrderSaga(
            SagaStore<Object> sagaStore,
            ResourceInjector resources,
            @Qualifier(CommandLetters.BEAN) DeadLetters letters,
            OrderSequencingPolicy sequences,
            UndecidedOrders undecidedOrders) {
        return configurer -> configurer
                .eventProcessing()
                .registerSaga(
                        PlaceOrderSaga.class,
                        saga -> saga.configureSagaStore(c -> sagaStore)
                                .configureSagaManager(configuration -> new LetteredSagas<>(
                                        AnnotatedSagaManager.<PlaceOrderSaga>builder()
                                                .sagaType(PlaceOrderSaga.class)
                                                .sagaFactory(PlaceOrderSaga::new)
                                                .sagaRepository(AnnotatedSagaRepository.<PlaceOrderSaga>builder()
                                                        .sagaType(PlaceOrderSaga.class)
                                                        .sagaStore(sagaStore)
                                                        .resourceInjector(resources)
                                                        .parameterResolverFactory(
                                                                configuration.parameterResolverFactory())
                                                        .handlerDefinition(
                                                                configuration.handlerDefinition(PlaceOrderSaga.class))
                                                        .build())
                                                .parameterResolverFactory(configuration.parameterResolverFactory())
                                                .handlerDefinition(
                                                        configuration.handlerDefinition(PlaceOrderSaga.class))
                                                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                                                .spanFactory(configuration.getComponent(SagaManagerSpanFactory.class)),
                                        LETTERS,
                                        OrderProcessing.GROUP,
                                        letters,
                                        sequences,
                                        event -> OrderSequencingPolicy.orderOf(event)
                                                .flatMap(undecidedOrders::find)
                                                .ifPresent(order -> undecidedOrders.put(order.inNeedOfAttention())))));
    }
}
