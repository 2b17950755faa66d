package dev.kontor.side.platform;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Explains that a side's start begins again, if a store went away during it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SideStartFailures implements FailureAnalyzer {

    private final Environment settings;

    /** @param settings null if the start failed before it had settings */
    SideStartFailures(Environment settings) {
        this.settings = settings;
    }

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        return waitsForStores() && FailureClassifier.mayPassOf(failure)
                ? new FailureAnalysis("A store went away during the start. The start begins again.", null, failure)
                : null;
    }

    private boolean waitsForStores() {
        return settings != null && settings.matchesProfiles(SpringProfiles.DISTRIBUTED);
    }
}
