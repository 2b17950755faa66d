package dev.kontor.command.operations;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kontor.api.Refusal;
import dev.kontor.api.operations.OperatorCommand.RecordAct;
import dev.kontor.api.operations.OperatorCommand.RecordActEnd;
import dev.kontor.api.operations.OperatorEvent.OperatorActEnded;
import dev.kontor.api.operations.OperatorEvent.OperatorActed;
import dev.kontor.api.operations.OperatorsId;
import dev.kontor.command.platform.CommandRefusals;
import dev.kontor.command.platform.LoggedAggregate;
import dev.kontor.command.platform.Snapshots;
import java.util.TreeMap;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;

/** The acts of operators, in one stream of the log. It knows the acts that have not ended, so that each ends once. */
@Aggregate(repository = "operatorsRepository", snapshotTriggerDefinition = Snapshots.TRIGGER)
@Revision("1")
public class Operators extends LoggedAggregate {

    /** Of acts without an end. Those of which the process ended stay without one; the oldest cannot be ended any more. */
    static final int MOST_OPEN = 200;

    @AggregateIdentifier
    private OperatorsId id;

    /** The actors, by the sequence number of the act. */
    private final TreeMap<Long, String> open = new TreeMap<>();

    Operators() {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Operators(OperatorsState state) {
        id = new OperatorsId();
        state.open().forEach(act -> open.put(act.sequence(), act.actor()));
    }

    @JsonValue
    OperatorsState state() {
        return new OperatorsState(open.entrySet().stream()
                .map(act -> new OperatorsState.OpenAct(act.getKey(), act.getValue()))
                .toList());
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(RecordAct command) {
        apply(new OperatorActed(command.actor(), command.act(), command.subject(), command.reason()));
        return getVersion();
    }

    @CommandHandler
    void handle(RecordActEnd command) {
        if (!command.actor().equals(open.get(command.sequence()))) {
            throw CommandRefusals.with(
                    new Refusal.Invalid("sequence", "must be that of an act of yours that has not ended"));
        }
        apply(new OperatorActEnded(command.sequence(), command.outcome()));
    }

    @EventSourcingHandler
    void on(OperatorActed event, @SequenceNumber long sequence) {
        id = new OperatorsId();
        open.put(sequence, event.actor());
        if (open.size() > MOST_OPEN) {
            open.pollFirstEntry();
        }
    }

    @EventSourcingHandler
    void on(OperatorActEnded event) {
        open.remove(event.sequence());
    }
}
