package dev.kontor.command.operations;

import dev.kontor.api.operations.OperatorCommand.RecordAct;
import dev.kontor.api.operations.OperatorCommand.RecordActEnd;
import dev.kontor.api.operations.OperatorEvent.OperatorActEnded;
import dev.kontor.api.operations.OperatorEvent.OperatorActed;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class OperatorsTest {

    private static final OperatorActed ACTED = new OperatorActed("operator", "rebuild", "catalog", "");

    private final AggregateTestFixture<Operators> operators = new AggregateTestFixture<>(Operators.class);

    @Test
    void the_first_act_is_answered_with_its_sequence_number() {
        operators
                .givenNoPriorActivity()
                .when(new RecordAct("operator", "rebuild", "catalog", ""))
                .expectEvents(ACTED)
                .expectResultMessagePayload(0L);
    }

    @Test
    void a_later_act_is_answered_with_its_sequence_number() {
        operators
                .given(ACTED, new OperatorActEnded(0, "done"))
                .when(new RecordAct("operator", "rebuild", "catalog", ""))
                .expectEvents(ACTED)
                .expectResultMessagePayload(2L);
    }

    @Test
    void an_act_ends() {
        operators.given(ACTED).when(new RecordActEnd(0, "unknown")).expectEvents(new OperatorActEnded(0, "unknown"));
    }

    @Test
    void what_did_not_begin_does_not_end() {
        operators
                .given(ACTED)
                .when(new RecordActEnd(1, "done"))
                .expectNoEvents()
                .expectException(CommandExecutionException.class);
    }
}
