package dev.kontor.audit.identity;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import java.util.BitSet;

/**
 * The version of credentials rises by one with each change that voids earlier proofs, and with nothing else. No
 * customer signs in with an older version, or while the credentials are suspended, closed or erased.
 */
public final class CredentialsJudge implements Judge {

    private final CredentialsVersions proofs;
    private final Findings findings;
    private final BitSet known = new BitSet();
    private final BitSet erased = new BitSet();

    /** @param proofs is updated here for the judges that follow */
    public CredentialsJudge(CredentialsVersions proofs, Findings findings) {
        this.proofs = proofs;
        this.findings = findings;
    }

    @Override
    public void on(Event event) {
        switch (event.type()) {
            case "identity.VerifierSet" -> raise(event, "get verifier %d");
            case "identity.TokensRevoked" -> {
                int number = raise(event, "void all tokens below version %d");
                if (event.payload().text("reason").equals("DEACTIVATED")) {
                    proofs.suspended(number, true);
                }
            }
            case "identity.VerifierUpgraded" -> {
                int number = numberOf(event);
                long version = event.payload().number("version");
                expect(
                        !proofs.isClosed(number) && version == proofs.version(number),
                        event,
                        number,
                        "have verifier %d upgraded".formatted(version));
            }
            case "identity.SignInSucceeded" -> {
                int number = numberOf(event);
                long version = event.payload().number("verifierVersion");
                expect(
                        proofs.honours(number, version),
                        event,
                        number,
                        "allow a sign-in by verifier %d".formatted(version));
            }
            case "identity.CredentialsReopened" -> {
                int number = numberOf(event);
                expect(proofs.isSuspended(number) && !proofs.isClosed(number), event, number, "are opened again");
                proofs.suspended(number, false);
            }
            case "identity.CredentialsClosed" -> {
                int number = numberOf(event);
                expect(!proofs.isClosed(number), event, number, "are closed again");
                proofs.close(number);
            }
            case "customer.CustomerErased" -> erased.set(proofs.of(event.aggregateId()));
            default -> {}
        }
    }

    private int raise(Event event, String what) {
        int number = numberOf(event);
        long version = event.payload().number("version");
        expect(
                !proofs.isClosed(number) && version == proofs.version(number) + 1,
                event,
                number,
                what.formatted(version));
        proofs.version(number, version);
        return number;
    }

    private void expect(boolean holds, Event event, int number, String what) {
        if (!holds) {
            findings.violation(Invariant.ACCOUNTS, event, what + " while " + proofs.text(number));
        }
    }

    private int numberOf(Event event) {
        findings.checked(Invariant.ACCOUNTS);
        int number = proofs.of(event.payload().text("customerId"));
        known.set(number);
        return number;
    }

    @Override
    public void end(long now) {
        erased.and(known);
        erased.stream()
                .filter(number -> !proofs.isClosed(number))
                .forEach(number -> findings.violation(
                        Invariant.ACCOUNTS,
                        -1,
                        "Customer " + proofs.customer(number),
                        "is erased and can sign in, though the credentials are closed in the same append"));
    }
}
