package dev.kontor.standalone.distributed;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test, and reports it, if there is no Axon Server to run it against. Each class begins with an empty log
 * where possible, so that it does not judge data of another class.
 */
final class WithServers implements ExecutionCondition, BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        Servers.find().ifPresent(Servers::empty);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Servers.find()
                .map(servers -> ConditionEvaluationResult.enabled("against Axon Server at " + servers.axonServer()))
                .orElseGet(() -> ConditionEvaluationResult.disabled(Servers.NONE));
    }
}
