package dev.kontor.command.operations;

import dev.kontor.api.operations.OperatorCommand.RecordAct;
import dev.kontor.command.platform.Commands;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.Violations;
import dev.kontor.text.Text;
import org.springframework.stereotype.Component;

/** Records what operators do, before they do it. */
@Component
public class OperatorActs {

    private final Commands commands;

    OperatorActs(Commands commands) {
        this.commands = commands;
    }

    /**
     * Records an act of the caller; durable on return.
     *
     * @param act a short code
     * @param reason as the caller gave it
     * @throws RefusedException if the reason is not valid: nothing is recorded
     */
    public void record(String act, String subject, String reason) {
        Violations violations = new Violations();
        String checked = violations.at("reason", () -> Text.line(reason, 1, RecordAct.LONGEST_REASON));
        violations.refuseIfAny();
        commands.send(new RecordAct(Caller.required().customerId(), act, subject, checked));
    }
}
