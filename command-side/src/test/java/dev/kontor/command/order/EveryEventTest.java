package dev.kontor.command.order;

import static dev.kontor.command.catalog.Products.SELLER;
import static dev.kontor.command.order.Orders.ANNA;
import static dev.kontor.command.order.Orders.FINGERPRINT;
import static dev.kontor.command.platform.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.Price;
import dev.kontor.api.catalog.ProductCommand.QuoteProduct;
import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.catalog.ProductQuote;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.customer.MemoryKeyRing;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderEvent;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.api.platform.EveryEvent;
import dev.kontor.api.platform.EveryEvent.History;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.command.CommandSide;
import dev.kontor.command.customer.InMemorySellers;
import dev.kontor.command.customer.Sellers;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.ScriptedAggregates;
import dev.kontor.testsupport.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.common.ReflectionUtils;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.annotation.NoMoreInterceptors;
import org.axonframework.modelling.saga.AnnotatedSaga;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.axonframework.modelling.saga.metamodel.SagaModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every policy and the saga handle every event, with each value at its bounds. An event that cannot be handled becomes a
 * dead letter. The policies are found by their annotation, so that new ones are included.
 */
class EveryEventTest {

    private static final StoredJson JSON = StoredJson.of(StoredTypes.with(CommandSide.STORED));
    private static final SagaModel<PlaceOrderSaga> SAGA =
            new AnnotationSagaMetaModelFactory().modelOf(PlaceOrderSaga.class);

    private final ScriptedAggregates aggregates = new ScriptedAggregates()
            .answer(
                    QuoteProduct.class,
                    quote ->
                            new ProductQuote(quote.productId(), SELLER, "Lamp", new Money(Price.HIGHEST, "EUR"), true));
    private final Commands commands = aggregates.commands();

    static Stream<Class<?>> policies() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.kontor.command")
                        .stream()
                        .filter(type -> type.getMethods().stream()
                                .anyMatch(method -> method.isAnnotatedWith(EventHandler.class)))
                        .map(type -> type.reflect());
    }

    private Object made(Class<?> policy) {
        Map<Class<?>, Object> around = Map.of(
                Commands.class, commands,
                OrderPlacement.class, Placements.by(commands, new MutableClock(NOON)),
                StockReturn.class, new StockReturn(commands),
                UndecidedOrders.class, new InMemoryUndecidedOrders(),
                DecidedOrders.class, new DecidedOrders(new SimpleMeterRegistry()),
                UnshippedOrders.class, new InMemoryUnshippedOrders(),
                OrderBounds.class,
                        Placements.bounds(new InMemoryUnshippedOrders(), new MutableClock(NOON), 1_000, 100_000),
                Sellers.class, new InMemorySellers(),
                PersonalData.class, new PersonalData(new MemoryKeyRing(), new byte[32]));
        Constructor<?> constructor = ReflectionUtils.ensureAccessible(policy.getDeclaredConstructors()[0]);
        try {
            return constructor.newInstance(Arrays.stream(constructor.getParameterTypes())
                    .map(type -> {
                        assertThat(around).as("the dependencies of " + policy).containsKey(type);
                        return around.get(type);
                    })
                    .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EventMessage<?> message(Object event, long sequence) {
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(sequence),
                new GenericDomainEventMessage<>("Aggregate", EveryEvent.aggregateOf(event), sequence, event));
    }

    private static Stream<History> histories() {
        return EveryEvent.histories().values().stream().flatMap(List::stream);
    }

    @Test
    void the_policies_are_found() {
        assertThat(policies().map(Class::getSimpleName))
                .contains(
                        "CheckoutPolicy",
                        "StockPolicy",
                        "UndecidedOrdersPolicy",
                        "UnshippedOrdersPolicy",
                        "ClosedAccountPolicy");
    }

    @ParameterizedTest
    @MethodSource("policies")
    void a_policy_takes_every_event(Class<?> policy) {
        AnnotationEventHandlerAdapter handlers = new AnnotationEventHandlerAdapter(made(policy));

        histories().forEach(history -> {
            for (int i = 0; i < history.events().size(); i++) {
                EventMessage<?> message = message(history.events().get(i), i);
                assertThatCode(() -> handlers.handle(message))
                        .as(history.name())
                        .doesNotThrowAnyException();
            }
        });
    }

    @Test
    void the_saga_takes_every_event_and_can_be_stored_after_it() {
        histories().forEach(history -> {
            Object event = history.events().getLast();
            PlaceOrderSaga saga = awake(new PlaceOrderSaga());
            if (orderOf(event) != null && !(event instanceof OrderPlaced)) {
                saga.on(placed(orderOf(event)));
            }
            assertThatCode(() -> {
                        feed(saga, event);
                        JSON.<String, PlaceOrderSaga>deserialize(JSON.serialize(saga, String.class));
                    })
                    .as(history.name())
                    .doesNotThrowAnyException();
        });
    }

    private static void feed(PlaceOrderSaga saga, Object event) {
        Set<AssociationValue> associations = orderOf(event) == null
                ? Set.of()
                : Set.of(new AssociationValue("orderId", orderOf(event).toString()));
        new AnnotatedSaga<>("saga", associations, saga, SAGA, NoMoreInterceptors.instance())
                .handle(message(event, Long.MAX_VALUE));
    }

    private PlaceOrderSaga awake(PlaceOrderSaga saga) {
        saga.use(commands, new StockReturn(commands));
        return saga;
    }

    private static OrderId orderOf(Object event) {
        return switch (event) {
            case OrderEvent order -> order.orderId();
            case StockReserved reserved -> reserved.orderId();
            case StockReservationRefused refused -> refused.orderId();
            default -> null;
        };
    }

    private static OrderPlaced placed(OrderId order) {
        OrderLine other = new OrderLine(ProductId.mint(), new Quantity(1), SELLER, "Lamp", new Money(1, "EUR"));
        return new OrderPlaced(order, ANNA, List.of(other), null, OrderOrigin.CART, NOON, FINGERPRINT);
    }
}
