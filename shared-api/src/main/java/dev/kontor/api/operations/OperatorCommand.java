package dev.kontor.api.operations;

import dev.kontor.text.Text;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

public sealed interface OperatorCommand {

    @TargetAggregateIdentifier
    default OperatorsId operatorsId() {
        return new OperatorsId();
    }

    /**
     * Records an act before it is done, and answers the sequence number of its event. A repeat is another act.
     *
     * @param actor the admin's id, or {@code operator}
     * @param act a short code, like {@code unmask}
     * @param subject what it is done to
     * @param reason at most {@link #LONGEST_REASON} characters; empty if none was given; must not contain personal data,
     *     because it stays in clear
     */
    record RecordAct(String actor, String act, String subject, String reason) implements OperatorCommand {

        /** Characters. */
        public static final int LONGEST_REASON = 500;

        /**
         * The stored form of a reason: one line of visible characters.
         *
         * @param shortest characters, at least
         * @throws IllegalArgumentException if it is shorter or longer, or contains other characters
         */
        public static String checkedReason(String reason, int shortest) {
            return Text.line(reason, shortest, LONGEST_REASON);
        }
    }

    /**
     * Records the end of an act, once.
     *
     * @param actor of the act
     * @param sequence of the act's event
     * @param outcome {@code done}, {@code unknown}, or {@code refused:} and the code of a problem
     */
    record RecordActEnd(String actor, long sequence, String outcome) implements OperatorCommand {}
}
