package dev.kontor.command.operations;

import dev.kontor.api.operations.OperatorCommand.RecordAct;
import dev.kontor.api.operations.OperatorCommand.RecordActEnd;
import dev.kontor.command.platform.Commands;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.Violations;
import dev.kontor.text.Text;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Records what operators do: that they begin, before it is done, and how it ended. */
@Component
public class OperatorActs {

    /** The outcome of an act that was done. */
    static final String DONE = "done";

    private static final int LONGEST_ACT = 40;
    private static final int LONGEST_SUBJECT = 500;
    private static final Pattern OUTCOME = Pattern.compile("done|unknown|refused:[a-z0-9-]{1,60}");

    private final Commands commands;

    OperatorActs(Commands commands) {
        this.commands = commands;
    }

    /**
     * Records an act of the caller for a reason; durable on return.
     *
     * @param act a short code
     * @param reason as the caller gave it
     * @return the sequence number of the act's event
     * @throws RefusedException if the reason is not valid: nothing is recorded
     */
    public long record(String act, String subject, String reason) {
        return record(act, subject, reason, 1);
    }

    /** As {@link #record}; the reason may be empty, and nothing of the act was checked. */
    long begin(String act, String subject, String reason) {
        return record(act, subject, reason, 0);
    }

    private long record(String act, String subject, String reason, int shortestReason) {
        Violations violations = new Violations();
        String checkedAct = violations.at("act", () -> Text.line(act, 1, LONGEST_ACT));
        String checkedSubject = violations.at("subject", () -> Text.line(subject, 1, LONGEST_SUBJECT));
        String checkedReason = violations.at("reason", () -> RecordAct.checkedReason(reason, shortestReason));
        violations.refuseIfAny();
        Number sequence =
                commands.send(new RecordAct(Caller.required().customerId(), checkedAct, checkedSubject, checkedReason));
        return sequence.longValue();
    }

    /**
     * Records the end of an act of the caller; durable on return.
     *
     * @throws RefusedException if the outcome is not valid, or the caller has no act with this sequence number that has
     *     not ended: nothing is recorded
     */
    void end(long sequence, String outcome) {
        if (!OUTCOME.matcher(outcome).matches()) {
            throw RefusedException.invalid("outcome", "must be done, unknown, or refused: with a code");
        }
        if (sequence < 0) {
            throw RefusedException.invalid("sequence", "must be that of an act");
        }
        commands.send(new RecordActEnd(Caller.required().customerId(), sequence, outcome));
    }
}
