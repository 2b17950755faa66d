package dev.kontor.standalone.distributed;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test, and says so, where there is no Axon Server to run it against. */
final class WithServers implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Servers.find()
                .map(servers -> ConditionEvaluationResult.enabled("against Axon Server at " + servers.axonServer()))
                .orElseGet(() -> ConditionEvaluationResult.disabled(Servers.NONE));
    }
}
