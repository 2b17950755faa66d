package dev.kontor.audit.identity;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Ids;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import java.util.Arrays;
import java.util.BitSet;

/** Nobody signs in with a password that was changed, or after the credentials were closed. */
public final class CredentialsJudge implements Judge {

    private final Findings findings;
    private final Ids ids = new Ids();
    private final BitSet closed = new BitSet();
    /** Of the verifier that counts, by the number of the credentials. */
    private int[] versions = new int[1024];

    public CredentialsJudge(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(Event event) {
        switch (event.type()) {
            case "identity.VerifierSet" -> {
                int number = numberOf(event);
                long version = event.payload().number("version");
                if (closed.get(number) || version != versions[number] + 1) {
                    tell(event, number, "get verifier " + version);
                }
                versions[number] = (int) version;
            }
            case "identity.SignInSucceeded" -> {
                int number = numberOf(event);
                long version = event.payload().number("verifierVersion");
                if (closed.get(number) || version != versions[number]) {
                    tell(event, number, "let somebody in by verifier " + version);
                }
            }
            case "identity.CredentialsClosed" -> {
                int number = numberOf(event);
                if (closed.get(number)) {
                    tell(event, number, "are closed again");
                }
                closed.set(number);
            }
            default -> {}
        }
    }

    private void tell(Event event, int number, String what) {
        findings.violation(
                Invariant.ACCOUNTS,
                event,
                "%s while verifier %d counts and they are %s"
                        .formatted(what, versions[number], closed.get(number) ? "closed" : "open"));
    }

    private int numberOf(Event event) {
        findings.checked(Invariant.ACCOUNTS);
        int number = ids.of(event.aggregateId());
        if (number >= versions.length) {
            versions = Arrays.copyOf(versions, 2 * number);
        }
        return number;
    }
}
