package dev.kontor.gateway.operations;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a sentence why the gateway cannot start, where there would else be pages of stack trace. */
final class StartFailures extends AbstractFailureAnalyzer<UnusableTarget> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, UnusableTarget cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
