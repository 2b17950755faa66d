package dev.kontor.audit.request;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.NumberedIds;
import java.util.BitSet;

/** A request with an idempotency key has its effect once, and after it at most one answer. */
public final class RequestJudge implements Judge {

    private static final int FINAL_FROM = 200;
    private static final int FINAL_BELOW = 500;

    private final Findings findings;
    private final NumberedIds requests = new NumberedIds();
    private final BitSet executed = new BitSet();
    private final BitSet answered = new BitSet();

    public RequestJudge(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(Event event) {
        switch (event.type()) {
            case "request.RequestExecuted" -> executed(event);
            case "request.RequestAnswered" -> answered(event);
            default -> {}
        }
    }

    private void executed(Event event) {
        findings.checked(Invariant.REQUESTS);
        int request = requests.of(event.payload().text("requestId"));
        if (event.payload().text("fingerprint").isEmpty()) {
            findings.violation(Invariant.REQUESTS, event, "has no fingerprint");
        }
        if (executed.get(request)) {
            findings.violation(Invariant.REQUESTS, event, "has its effect again");
        }
        executed.set(request);
    }

    private void answered(Event event) {
        findings.checked(Invariant.REQUESTS);
        int request = requests.of(event.payload().text("requestId"));
        if (!executed.get(request)) {
            findings.violation(Invariant.REQUESTS, event, "is answered before it has an effect");
        }
        if (answered.get(request)) {
            findings.violation(Invariant.REQUESTS, event, "is answered again");
        }
        answered.set(request);
        long status = event.payload().number("status");
        if (status < FINAL_FROM || status >= FINAL_BELOW) {
            findings.violation(Invariant.REQUESTS, event, "is answered with %d, which is not final".formatted(status));
        }
        if (event.payload().texts("sealedFor").isEmpty()) {
            findings.violation(Invariant.REQUESTS, event, "has an answer that is sealed for no customer");
        }
    }
}
