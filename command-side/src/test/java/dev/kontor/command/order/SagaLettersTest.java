package dev.kontor.command.order;

import static dev.kontor.command.catalog.Products.DEADLINE;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.level;
import static dev.kontor.command.catalog.Products.reserved;
import static dev.kontor.command.order.Orders.ORDER;
import static dev.kontor.command.order.Orders.placed;
import static dev.kontor.command.platform.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.catalog.ProductCommand.ReserveStock;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.command.CommandSide;
import dev.kontor.command.order.UndecidedOrders.UndecidedOrder;
import dev.kontor.command.platform.LetteredSagas;
import dev.kontor.command.platform.OrderProcessing;
import dev.kontor.command.platform.ScriptedAggregates;
import dev.kontor.side.platform.DeadLetters;
import dev.kontor.side.platform.MongoLetters;
import dev.kontor.testsupport.MemoryMongo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.DeadLetterQueueOverflowException;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.repository.AnnotatedSagaRepository;
import org.axonframework.modelling.saga.repository.inmemory.InMemorySagaStore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Events that the saga of an order cannot take. */
class SagaLettersTest {

    private static final String QUEUE = SagaConfiguration.LETTERS;

    @AutoClose
    private final MemoryMongo mongo = new MemoryMongo();

    private final ScriptedAggregates aggregates = new ScriptedAggregates();
    private final InMemoryUndecidedOrders undecidedOrders = new InMemoryUndecidedOrders();
    private final DeadLetters letters = new DeadLetters(
            new MongoLetters(mongo.database(), "command_letters"),
            StoredJson.of(StoredTypes.with(CommandSide.STORED)),
            representations -> representations,
            List.of());
    private boolean isBroken = true;
    private final LetteredSagas<PlaceOrderSaga> sagas = sagas();

    private LetteredSagas<PlaceOrderSaga> sagas() {
        return new LetteredSagas<>(
                AnnotatedSagaManager.<PlaceOrderSaga>builder()
                        .sagaType(PlaceOrderSaga.class)
                        .sagaFactory(PlaceOrderSaga::new)
                        .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                        .sagaRepository(AnnotatedSagaRepository.<PlaceOrderSaga>builder()
                                .sagaType(PlaceOrderSaga.class)
                                .sagaStore(new InMemorySagaStore())
                                .resourceInjector(saga -> inject((PlaceOrderSaga) saga))
                                .build()),
                QUEUE,
                OrderProcessing.GROUP,
                letters,
                new OrderSequencingPolicy(),
                event -> OrderSequencingPolicy.orderOf(event)
                        .flatMap(undecidedOrders::find)
                        .ifPresent(order -> undecidedOrders.put(order.inNeedOfAttention())));
    }

    /** Without commands each handler of the saga fails. */
    private void inject(PlaceOrderSaga saga) {
        if (!isBroken) {
            saga.use(aggregates.commands(), new StockReturn(aggregates.commands()));
        }
    }

    private static EventMessage<?> at(long position, Object event) {
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(position),
                new GenericDomainEventMessage<>("Order", "of " + position, 0, event));
    }

    private void handled(EventMessage<?> event) {
        DefaultUnitOfWork.startAndGet(event).executeWithResult(() -> {
            sagas.handle(event, Segment.ROOT_SEGMENT);
            return null;
        });
    }

    private List<DeadLetter<? extends EventMessage<?>>> letters() {
        List<DeadLetter<? extends EventMessage<?>>> all = new ArrayList<>();
        letters.queue(QUEUE).deadLetterSequence(ORDER.toString()).forEach(all::add);
        return all;
    }

    @Test
    void an_event_that_fails_is_put_aside_with_all_of_its_order_which_needs_attention() {
        undecidedOrders.put(new UndecidedOrder(ORDER, List.of(), NOON, DEADLINE, false));

        handled(at(3, placed()));
        handled(at(4, reserved(LAMP, ORDER, 2, level(5, 2))));

        assertThat(letters()).hasSize(2);
        assertThat(letters().getFirst().cause().map(Cause::type)).hasValue(NullPointerException.class.getName());
        assertThat(letters().getLast().cause()).isEmpty();
        assertThat(undecidedOrders.find(ORDER).orElseThrow().needsAttention()).isTrue();
    }

    @Test
    void an_event_that_is_delivered_again_is_not_doubled() {
        handled(at(3, placed()));
        handled(at(3, placed()));

        assertThat(letters()).hasSize(1);
    }

    @Test
    void a_failure_of_a_store_is_no_letter() {
        isBroken = false;
        aggregates.loseAnswersTo(ReserveStock.class);

        handled(at(3, placed()));

        assertThat(letters()).isEmpty();
    }

    private static OrderPlaced placementOf(OrderId order) {
        OrderPlaced like = placed();
        return new OrderPlaced(
                order,
                like.customerId(),
                like.lines(),
                like.expectedTotal(),
                like.origin(),
                like.deadline(),
                like.fingerprint());
    }

    private ResultMessage<?> tried(long position, OrderId order) {
        EventMessage<?> event = at(position, placementOf(order));
        return DefaultUnitOfWork.startAndGet(event).executeWithResult(() -> {
            sagas.handle(event, Segment.ROOT_SEGMENT);
            return null;
        });
    }

    @Test
    void half_of_the_bound_is_an_alarm_each_order_needs_attention_and_only_then_the_saga_stops() {
        List<OrderId> orders = Stream.generate(OrderId::mint).limit(1_025).toList();
        orders.forEach(order -> undecidedOrders.put(new UndecidedOrder(order, List.of(), NOON, DEADLINE, false)));

        for (int n = 0; n < 1_024; n++) {
            assertThat(tried(n, orders.get(n)).isExceptional()).isFalse();
            if (n == 510 || n == 511) {
                assertThat(letters.fill(QUEUE).isAlarming()).isEqualTo(n == 511);
            }
        }

        assertThat(orders.subList(0, 1_024))
                .allMatch(order -> undecidedOrders.find(order).orElseThrow().needsAttention());
        assertThat(tried(1_024, orders.getLast()).exceptionResult())
                .isInstanceOf(DeadLetterQueueOverflowException.class);
        assertThat(undecidedOrders.find(orders.getLast()).orElseThrow().needsAttention())
                .isFalse();

        letters.queue(QUEUE)
                .evict(letters.queue(QUEUE)
                        .deadLetterSequence(orders.getFirst().toString())
                        .iterator()
                        .next());
        assertThat(tried(1_024, orders.getLast()).isExceptional()).isFalse();
        assertThat(undecidedOrders.find(orders.getLast()).orElseThrow().needsAttention())
                .isTrue();
    }
}
