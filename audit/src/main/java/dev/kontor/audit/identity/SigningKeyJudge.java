package dev.kontor.audit.identity;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import java.util.HashSet;
import java.util.Set;

/** A signing key is added once, and revoked at most once, after that. */
public final class SigningKeyJudge implements Judge {

    private final Findings findings;
    private final Set<String> added = new HashSet<>();
    private final Set<String> revoked = new HashSet<>();

    public SigningKeyJudge(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(Event event) {
        switch (event.type()) {
            case "identity.SigningKeyAdded" -> {
                findings.checked(Invariant.SESSIONS);
                String kid = event.payload().text("kid");
                if (!added.add(kid)) {
                    findings.violation(Invariant.SESSIONS, event, "key %s is added again".formatted(kid));
                }
            }
            case "identity.SigningKeyRevoked" -> {
                findings.checked(Invariant.SESSIONS);
                String kid = event.payload().text("kid");
                if (!added.contains(kid)) {
                    findings.violation(
                            Invariant.SESSIONS, event, "key %s is revoked and was never added".formatted(kid));
                }
                if (!revoked.add(kid)) {
                    findings.violation(Invariant.SESSIONS, event, "key %s is revoked again".formatted(kid));
                }
            }
            default -> {}
        }
    }
}
