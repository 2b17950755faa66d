package dev.kontor.command.operations;

import dev.kontor.api.operations.OperatorCommand.RecordAct;
import dev.kontor.api.operations.OperatorCommand.RecordActEnd;
import dev.kontor.api.operations.OperatorEvent;
import dev.kontor.api.operations.OperatorEvent.OperatorActEnded;
import dev.kontor.api.operations.OperatorEvent.OperatorActed;
import java.util.Arrays;
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
        operators
                .given(ACTED)
                .when(new RecordActEnd("operator", 0, "unknown"))
                .expectEvents(new OperatorActEnded(0, "unknown"));
    }

    private static RecordActEnd endOf(long sequence) {
        return new RecordActEnd("operator", sequence, "done");
    }

    private void isRefused(RecordActEnd end, OperatorEvent... history) {
        operators.given((Object[]) history).when(end).expectNoEvents().expectException(CommandExecutionException.class);
    }

    @Test
    void what_did_not_begin_does_not_end() {
        isRefused(endOf(1), ACTED);
    }

    @Test
    void an_act_ends_once() {
        isRefused(endOf(0), ACTED, new OperatorActEnded(0, "refused:view-not-found"));
    }

    @Test
    void an_act_of_another_does_not_end() {
        isRefused(new RecordActEnd("0197a3c2-0000-7000-8000-000000000001", 0, "done"), ACTED);
    }

    @Test
    void an_act_behind_very_many_others_without_an_end_does_not_end() {
        OperatorEvent[] acts = new OperatorEvent[Operators.MOST_OPEN + 1];
        Arrays.fill(acts, ACTED);
        isRefused(endOf(0), acts);
        operators.given((Object[]) acts).when(endOf(1)).expectEvents(new OperatorActEnded(1, "done"));
    }
}
