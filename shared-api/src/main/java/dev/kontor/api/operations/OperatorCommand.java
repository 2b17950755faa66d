package dev.kontor.api.operations;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

public sealed interface OperatorCommand {

    @TargetAggregateIdentifier
    default OperatorsId operatorsId() {
        return new OperatorsId();
    }

    /**
     * Records an act before it is done. A repeat is another act.
     *
     * @param actor the admin's id, or {@code operator}
     * @param act a short code, like {@code unmask}
     * @param subject what it is done to
     * @param reason 1 to {@link #LONGEST_REASON} characters; must not contain personal data, because it stays in clear
     */
    record RecordAct(String actor, String act, String subject, String reason) implements OperatorCommand {

        /** Characters. */
        public static final int LONGEST_REASON = 500;
    }
}
