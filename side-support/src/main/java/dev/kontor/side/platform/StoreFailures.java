package dev.kontor.side.platform;

import dev.kontor.api.Refusal;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.RepeatedWarnings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Translates the failure of a store or another process during a call. */
@Component
@Profile(SpringProfiles.DISTRIBUTED)
@Order(2)
class StoreFailures implements FailureTranslation {

    private static final Logger log = LoggerFactory.getLogger(StoreFailures.class);

    @Override
    public RefusedException translate(Throwable failure) {
        return FailureClassifier.refusalOf(failure)
                .map(refusal -> told(refusal, failure))
                .orElse(null);
    }

    private static RefusedException told(Refusal refusal, Throwable failure) {
        Problem problem = RefusalProblems.of(refusal);
        if (problem == Problem.UNAVAILABLE) {
            log.warn(RepeatedWarnings.SELDOM, "a store or another process is away: {}", failure.toString());
        }
        return new RefusedException(problem, refusal.message());
    }
}
