package dev.kontor.command.operations;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import dev.kontor.api.Refusal;
import dev.kontor.api.operations.OperatorCommand.RecordAct;
import dev.kontor.api.operations.OperatorCommand.RecordActEnd;
import dev.kontor.api.operations.OperatorEvent.OperatorActEnded;
import dev.kontor.api.operations.OperatorEvent.OperatorActed;
import dev.kontor.api.operations.OperatorsId;
import dev.kontor.command.platform.CommandRefusals;
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
    long handle(RecordAct command) {
        apply(new OperatorActed(command.actor(), command.act(), command.subject(), command.reason()));
        return getVersion();
    }

    @CommandHandler
    void handle(RecordActEnd command) {
        if (command.sequence() > getVersion()) {
            throw CommandRefusals.with(new Refusal.Invalid("sequence", "must be that of an act"));
        }
        apply(new OperatorActEnded(command.sequence(), command.outcome()));
    }

    @EventSourcingHandler
    void on(OperatorActed event) {
        id = new OperatorsId();
    }
}
