package dev.kontor.command.order;

import static dev.kontor.command.catalog.Products.DESK;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.level;
import static dev.kontor.command.catalog.Products.refused;
import static dev.kontor.command.catalog.Products.reserved;
import static dev.kontor.command.order.Orders.NO_DESK;
import static dev.kontor.command.order.Orders.ORDER;
import static dev.kontor.command.order.Orders.cancelled;
import static dev.kontor.command.order.Orders.confirmed;
import static dev.kontor.command.order.Orders.placed;
import static dev.kontor.command.order.Orders.rejected;

import dev.kontor.api.catalog.ProductEvent;
import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.ScriptedAggregates;
import dev.kontor.command.platform.StateTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.test.AxonAssertionError;
import org.axonframework.test.saga.FixtureExecutionResult;
import org.axonframework.test.saga.SagaTestFixture;
import org.junit.jupiter.api.Test;

class PlaceOrderSagaStatesTest {

    private static final StockReserved LAMPS = reserved(LAMP, ORDER, 2, level(3, 2));
    private static final StockReserved A_DESK = reserved(DESK, ORDER, 1, level(3, 1));
    private static final StockReservationRefused NO_LAMPS = refused(LAMP, ORDER, 2, "insufficient-stock", level(1, 0));
    private static final StockReservationRefused NO_DESKS = refused(DESK, ORDER, 1, "insufficient-stock", level(0, 0));

    private static String aggregateOf(Object event) {
        return event instanceof ProductEvent of ? of.productId().value() : ORDER.value();
    }

    private static List<String> sent(List<?> before, Object event) {
        SagaTestFixture<PlaceOrderSaga> fixture = new SagaTestFixture<>(PlaceOrderSaga.class);
        Commands commands = ScriptedAggregates.commandsOver(fixture.getCommandBus());
        fixture.setCallbackBehavior(new ScriptedAggregates());
        fixture.registerResourceInjector(saga -> ((PlaceOrderSaga) saga).use(commands, new StockReturn(commands)));
        before.forEach(given -> fixture.givenAggregate(aggregateOf(given)).published(given));
        fixture.getCommandBus().clearCommands();
        FixtureExecutionResult result =
                fixture.whenAggregate(aggregateOf(event)).publishes(event);
        List<String> sent = new ArrayList<>(fixture.getCommandBus().getDispatchedCommands().stream()
                .map(command -> command.getPayloadType().getSimpleName())
                .distinct()
                .toList());
        if (!before.isEmpty() && hasEnded(result)) {
            sent.add("*ends*");
        }
        return sent;
    }

    private static boolean hasEnded(FixtureExecutionResult result) {
        try {
            result.expectActiveSagas(0);
            return true;
        } catch (AxonAssertionError active) {
            return false;
        }
    }

    @Test
    void the_states_of_the_saga_are_on_the_page() throws IOException {
        new StateTable("PlaceOrderSaga", "event", PlaceOrderSagaStatesTest::sent)
                .state("(none)")
                .state("two products were asked", placed())
                .state("first is reserved", placed(), LAMPS)
                .state("first is refused", placed(), NO_LAMPS)
                .state("both are reserved", placed(), LAMPS, A_DESK)
                .row(placed())
                .row("first product", LAMPS)
                .row("second product", A_DESK)
                .row("first product", NO_LAMPS)
                .row("second product", NO_DESKS)
                .row(confirmed())
                .row(rejected(NO_DESK))
                .row(cancelled(OrderStatus.PLACED))
                .isOnThePage();
    }
}
