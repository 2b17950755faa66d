package dev.kontor.command.operations;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.kontor.api.operations.OperatorCommand.RecordAct;
import dev.kontor.api.operations.OperatorEvent.OperatorActed;
import dev.kontor.api.operations.OperatorsId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/** The acts of operators, in one stream of the log. Cached, because its history is long and its state is nothing. */
@Aggregate(repository = "operatorsRepository")
public class Operators {

    @AggregateIdentifier
    private OperatorsId id;

    Operators() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordAct command) {
        apply(new OperatorActed(command.actor(), command.act(), command.subject(), command.reason()));
    }

    @EventSourcingHandler
    void on(OperatorActed event) {
        id = new OperatorsId();
    }
}
