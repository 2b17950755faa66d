package dev.kontor.grpc.platform;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Explains a failed start by the outermost cause that it has a sentence for. */
public abstract class CauseAnalyzer implements FailureAnalyzer {

    /** Null for a cause that operators need no sentence about. */
    protected abstract String sentenceOf(Throwable cause);

    @Override
    public final FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String sentence = sentenceOf(cause);
            if (sentence != null) {
                return new FailureAnalysis(sentence, null, cause);
            }
        }
        return null;
    }
}
