package dev.kontor.command.identity;

import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.identity.CredentialsCommand.ChangeVerifier;
import dev.kontor.api.identity.CredentialsCommand.ReadVerifier;
import dev.kontor.api.identity.CredentialsCommand.UpgradeVerifier;
import dev.kontor.api.identity.PasswordHash;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.AttemptLimits;
import dev.kontor.command.platform.Commands;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.Violations;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Compares passwords with what is kept of them. They stay in here: what is sent on is sealed or a yes or no. */
@Component
class Passwords {

    private static final int SHORTEST = 8;
    private static final int LONGEST = 200;

    private final Commands commands;
    private final PasswordHashing hashing;
    private final PersonalData personalData;
    private final AttemptLimits tries;

    Passwords(Commands commands, PasswordHashing hashing, PersonalData personalData, AttemptLimits tries) {
        this.commands = commands;
        this.hashing = hashing;
        this.personalData = personalData;
        this.tries = tries;
    }

    /** A password that was right for the verifier of this version. Whether that counts is for the credentials to say. */
    record Proof(CustomerId customerId, long version, String hash) {

        @Override
        public String toString() {
            return "Proof[" + customerId + ", version " + version + "]";
        }
    }

    /** Adds what is wrong with a password that somebody wants to have from now on. */
    static void check(String field, String password, Violations violations) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            violations.add(field, "must have %d to %d characters".formatted(SHORTEST, LONGEST));
        }
    }

    /** What a password of this customer is compared with at this moment. */
    record Asked(CustomerId customerId, PasswordHash verifier) {

        /** Other tries count from the beginning: after a new password, and after an admin has said so. */
        String count() {
            return verifier.version() + "." + verifier.unlocks();
        }
    }

    Asked ask(CustomerId customerId) {
        return new Asked(customerId, commands.send(new ReadVerifier(customerId)));
    }

    /** Empty for a wrong password, and for an account that does not exist: both take as long, and neither writes anything. */
    Optional<Proof> prove(Optional<Asked> account, String password) {
        Optional<String> hash =
                account.filter(asked -> asked.verifier().usable()).flatMap(this::hashOf);
        return matches(password, hash)
                ? account.map(
                        asked -> new Proof(asked.customerId(), asked.verifier().version(), hash.orElseThrow()))
                : Optional.empty();
    }

    private Optional<String> hashOf(Asked asked) {
        return personalData.unseal(
                asked.customerId(), Field.VERIFIER, asked.verifier().hash());
    }

    private boolean matches(String password, Optional<String> hash) {
        if (hash.isEmpty()) {
            hashing.matchesNobody(password);
            return false;
        }
        return hashing.matches(password, hash.get());
    }

    /** Once a proof has counted: keeps the password with today's parameters, where it was kept with lower ones. */
    void upgrade(Proof proof, String password) {
        if (hashing.isOutdated(proof.hash())) {
            hashing.later(() -> commands.send(new UpgradeVerifier(
                    proof.customerId(),
                    proof.version(),
                    personalData.seal(proof.customerId(), Field.VERIFIER, hashing.hash(password)))));
        }
    }

    /**
     * Changes a password, which voids all tokens of older versions.
     *
     * @param session that asks for it
     * @return the version that tokens must have from now on
     * @throws RefusedException with {@link Problem#BAD_CREDENTIALS} where the current one is wrong, and {@link
     *     Problem#TOO_MANY_REQUESTS} where it may not be tried now
     */
    long change(CustomerId customerId, String session, String current, String next) {
        Violations violations = new Violations();
        check("newPassword", next, violations);
        if (next.equals(current)) {
            violations.add("newPassword", "must be another one than the current");
        }
        violations.refuseIfAny();
        Asked asked = ask(customerId);
        Proof proof = proveOnce(asked, session, current);
        String hash = hashing.inTurn(() -> hashing.hash(next));
        long version = commands.send(
                new ChangeVerifier(customerId, proof.version(), personalData.seal(customerId, Field.VERIFIER, hash)));
        if (version == 0) {
            throw wrong();
        }
        return version;
    }

    private Proof proveOnce(Asked asked, String session, String password) {
        try (AttemptLimits.Try counted =
                tries.byKnown(asked.customerId() + " " + asked.count(), "session " + session)) {
            return prove(Optional.of(asked), password).orElseThrow(() -> {
                counted.wasWrong();
                return wrong();
            });
        }
    }

    private static RefusedException wrong() {
        return new RefusedException(Problem.BAD_CREDENTIALS, "The current password is wrong");
    }
}
