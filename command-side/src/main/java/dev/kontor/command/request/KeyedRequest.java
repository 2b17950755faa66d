package dev.kontor.command.request;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.kontor.api.Refusal;
import dev.kontor.api.request.KeptAnswer;
import dev.kontor.api.request.KeyedRequestCommand;
import dev.kontor.api.request.KeyedRequestCommand.ExecuteRequest;
import dev.kontor.api.request.KeyedRequestCommand.KeepAnswer;
import dev.kontor.api.request.KeyedRequestCommand.RecallRequest;
import dev.kontor.api.request.KeyedRequestEvent.RequestAnswered;
import dev.kontor.api.request.KeyedRequestEvent.RequestExecuted;
import dev.kontor.api.request.KeyedRequestId;
import dev.kontor.api.request.KeyedRequestState;
import dev.kontor.command.platform.CommandRefusals;
import dev.kontor.command.platform.LoggedAggregate;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * A request with an idempotency key. It begins with its effect, in the same append: the log refuses a second beginning,
 * and so a second effect. It ends with its final answer.
 */
@Aggregate
public class KeyedRequest extends LoggedAggregate {

    @AggregateIdentifier
    private KeyedRequestId id;

    private String fingerprint;
    private String subject;
    private String result;
    /** Null until the final answer is known. */
    private KeptAnswer answer;

    KeyedRequest() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(ExecuteRequest command) {
        if (isRepeatedBy(command)) {
            throw CommandRefusals.with(new Refusal.RequestRepeated());
        }
        apply(new RequestExecuted(
                command.requestId(), command.operation(), command.fingerprint(), command.subject(), command.result()));
        return true;
    }

    /** Whether it had its effect before. Refused if the key stands for another request. */
    boolean isRepeatedBy(KeyedRequestCommand command) {
        if (id == null) {
            return false;
        }
        requireSame(command);
        return true;
    }

    private void requireSame(KeyedRequestCommand command) {
        if (!fingerprint.equals(command.fingerprint())) {
            throw CommandRefusals.with(new Refusal.KeyReused());
        }
    }

    @CommandHandler
    KeyedRequestState handle(RecallRequest command) {
        requireSame(command);
        return new KeyedRequestState(subject, result, answer);
    }

    @CommandHandler
    KeptAnswer handle(KeepAnswer command) {
        requireSame(command);
        if (answer == null) {
            KeptAnswer fresh = command.answer();
            apply(new RequestAnswered(id, fresh.status(), fresh.content(), fresh.sealedFor()));
        }
        return answer;
    }

    @EventSourcingHandler
    void on(RequestExecuted event) {
        id = event.requestId();
        fingerprint = event.fingerprint();
        subject = event.subject();
        result = event.result();
    }

    @EventSourcingHandler
    void on(RequestAnswered event) {
        answer = new KeptAnswer(event.status(), event.content(), event.sealedFor());
    }
}
