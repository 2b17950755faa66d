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

/** Verifies passwords against their hashes. They do not leave this class: commands carry sealed hashes. */
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

    /** A password that matched the verifier of this version. The credentials decide whether that counts. */
    record Proof(CustomerId customerId, long version, String hash) {

        @Override
        public String toString() {
            return "Proof[" + customerId + ", version " + version + "]";
        }
    }

    /** Adds the violations of a new password. */
    static void check(String field, String password, Violations violations) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            violations.add(field, "must have %d to %d characters".formatted(SHORTEST, LONGEST));
        }
    }

    /** The hash that a password of this customer is compared with at this moment. */
    record Asked(CustomerId customerId, PasswordHash verifier) {

        /** The name of the count of attempts: a new one after a new password, and after an admin's reset. */
        String count() {
            return verifier.version() + "." + verifier.unlocks();
        }
    }

    Asked ask(CustomerId customerId) {
        return new Asked(customerId, commands.send(new ReadVerifier(customerId)));
    }

    /** Empty for a wrong password and for an account that does not exist: both take equally long, and write nothing. */
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
            hashing.matchesUnknownAccount(password);
            return false;
        }
        return hashing.matches(password, hash.get());
    }

    /** After a proof has counted: replaces a hash of lower parameters by one of today's. */
    void upgrade(Proof proof, String password) {
        if (hashing.isOutdated(proof.hash())) {
            hashing.later(() -> commands.send(new UpgradeVerifier(
                    proof.customerId(),
                    proof.version(),
                    personalData.seal(proof.customerId(), Field.VERIFIER, hashing.hash(password)))));
        }
    }

    /**
     * Changes a password, which revokes all tokens of older versions.
     *
     * @param session of the caller
     * @return the version that tokens must have from now on
     * @throws RefusedException with {@link Problem#BAD_CREDENTIALS} if the current password is wrong, and {@link
     *     Problem#TOO_MANY_REQUESTS} if the limit of attempts is reached
     */
    long change(CustomerId customerId, String session, String current, String next) {
        Violations violations = new Violations();
        check("newPassword", next, violations);
        if (next.equals(current)) {
            violations.add("newPassword", "must differ from the current password");
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
