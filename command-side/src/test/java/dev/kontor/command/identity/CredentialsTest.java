package dev.kontor.command.identity;

import static dev.kontor.command.operations.Story.NOON;

import dev.kontor.api.Refusal;
import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.CredentialsCommand.CloseCredentials;
import dev.kontor.api.identity.CredentialsCommand.ReadVerifier;
import dev.kontor.api.identity.CredentialsCommand.RecordSignIn;
import dev.kontor.api.identity.CredentialsCommand.ReopenCredentials;
import dev.kontor.api.identity.CredentialsCommand.RevokeTokens;
import dev.kontor.api.identity.CredentialsCommand.SetVerifier;
import dev.kontor.api.identity.CredentialsCommand.UpgradeVerifier;
import dev.kontor.api.identity.CredentialsEvent.CredentialsClosed;
import dev.kontor.api.identity.CredentialsEvent.CredentialsLocked;
import dev.kontor.api.identity.CredentialsEvent.SignInFailed;
import dev.kontor.api.identity.CredentialsEvent.SignInSucceeded;
import dev.kontor.api.identity.CredentialsEvent.TokensRevoked;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.RevokedBecause;
import dev.kontor.api.identity.Verifier;
import dev.kontor.command.operations.Story;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final Sealed VERIFIER = new Sealed("b25l");
    private static final Sealed OTHER_VERIFIER = new Sealed("dHdv");
    private static final VerifierSet SET = new VerifierSet(ANNA, VERIFIER, 1);
    private static final Instant LOCK_ENDS = NOON.plusSeconds(30);

    private final Story<Credentials> credentials = Story.of(Credentials.class);

    private static RecordSignIn right() {
        return new RecordSignIn(ANNA, 1, true);
    }

    private static RecordSignIn wrong() {
        return new RecordSignIn(ANNA, 1, false);
    }

    private static CredentialsLocked locked(int failures) {
        return new CredentialsLocked(ANNA, failures, LOCK_ENDS);
    }

    @Test
    void the_first_verifier_has_version_1() {
        credentials.when(new SetVerifier(ANNA, VERIFIER)).then(SET);
    }

    @Test
    void another_verifier_has_the_next_version() {
        credentials
                .given(SET)
                .when(new SetVerifier(ANNA, OTHER_VERIFIER))
                .then(new VerifierSet(ANNA, OTHER_VERIFIER, 2));
    }

    @Test
    void a_verifier_is_read_without_a_trace() {
        credentials
                .given(SET)
                .when(new ReadVerifier(ANNA))
                .thenNothing()
                .answering(new Verifier(VERIFIER, 1, true, null));
    }

    @Test
    void a_lock_shows_in_the_verifier() {
        credentials
                .given(SET, locked(10))
                .when(new ReadVerifier(ANNA))
                .answering(new Verifier(VERIFIER, 1, true, LOCK_ENDS));
    }

    @Test
    void a_right_password_is_accepted() {
        credentials.given(SET).when(right()).then(new SignInSucceeded(ANNA, 1)).answering(true);
    }

    @Test
    void a_wrong_password_is_counted() {
        credentials.given(SET).when(wrong()).then(new SignInFailed(ANNA, 1)).answering(false);
        Story.of(Credentials.class)
                .given(SET, new SignInFailed(ANNA, 8))
                .when(wrong())
                .then(new SignInFailed(ANNA, 9))
                .answering(false);
    }

    @Test
    void a_right_password_ends_the_counting() {
        credentials
                .given(SET, new SignInFailed(ANNA, 9), new SignInSucceeded(ANNA, 1))
                .when(wrong())
                .then(new SignInFailed(ANNA, 1));
    }

    @Test
    void the_tenth_wrong_password_in_a_row_locks() {
        credentials
                .given(SET, new SignInFailed(ANNA, 9))
                .when(wrong())
                .then(locked(10))
                .answering(false);
    }

    @ParameterizedTest
    @CsvSource({"10, 60", "11, 120", "12, 240", "13, 480", "14, 900", "15, 900", "1000000, 900"})
    void each_further_one_locks_for_twice_as_long_up_to_a_quarter_of_an_hour(int failures, long seconds) {
        credentials
                .given(SET, locked(failures))
                .at(LOCK_ENDS)
                .when(wrong())
                .then(new CredentialsLocked(ANNA, failures + 1, LOCK_ENDS.plusSeconds(seconds)))
                .answering(false);
    }

    @Test
    void behind_a_lock_a_right_password_does_not_help() {
        credentials
                .given(SET, locked(10))
                .at(LOCK_ENDS.minusNanos(1))
                .when(right())
                .then(new SignInFailed(ANNA, 10))
                .answering(false);
    }

    @Test
    void behind_a_lock_a_wrong_password_does_not_harm() {
        credentials
                .given(SET, locked(10))
                .when(wrong())
                .then(new SignInFailed(ANNA, 10))
                .answering(false);
    }

    @Test
    void a_lock_ends() {
        credentials
                .given(SET, locked(10))
                .at(LOCK_ENDS)
                .when(right())
                .then(new SignInSucceeded(ANNA, 1))
                .answering(true);
    }

    @Test
    void a_new_verifier_unlocks() {
        credentials
                .given(SET, locked(10), new VerifierSet(ANNA, OTHER_VERIFIER, 2))
                .when(new RecordSignIn(ANNA, 2, true))
                .then(new SignInSucceeded(ANNA, 2))
                .answering(true);
    }

    @Test
    void a_proof_against_a_replaced_verifier_does_not_count() {
        credentials
                .given(SET, new VerifierSet(ANNA, OTHER_VERIFIER, 2))
                .when(right())
                .then(new SignInFailed(ANNA, 1))
                .answering(false);
    }

    @Test
    void credentials_are_closed_once() {
        credentials.given(SET).when(new CloseCredentials(ANNA)).then(new CredentialsClosed(ANNA));
        Story.of(Credentials.class)
                .given(SET, new CredentialsClosed(ANNA))
                .when(new CloseCredentials(ANNA))
                .thenNothing();
    }

    @Test
    void closed_credentials_accept_nobody() {
        credentials
                .given(SET, new CredentialsClosed(ANNA))
                .when(right())
                .then(new SignInFailed(ANNA, 1))
                .answering(false);
    }

    @Test
    void closed_credentials_forget_their_verifier_and_take_no_other() {
        credentials
                .given(SET, new CredentialsClosed(ANNA))
                .when(new ReadVerifier(ANNA))
                .answering(new Verifier(null, 1, false, null));
        Story.of(Credentials.class)
                .given(SET, new CredentialsClosed(ANNA))
                .when(new SetVerifier(ANNA, OTHER_VERIFIER))
                .thenNothing();
    }

    @Test
    void closed_credentials_stay_as_they_are() {
        for (Object command : List.of(
                new UpgradeVerifier(ANNA, 1, OTHER_VERIFIER),
                new ReopenCredentials(ANNA),
                new CloseCredentials(ANNA))) {
            Story.of(Credentials.class)
                    .given(SET, new TokensRevoked(ANNA, 2, RevokedBecause.DEACTIVATED), new CredentialsClosed(ANNA))
                    .when(command)
                    .thenNothing();
        }
        credentials
                .given(SET, new CredentialsClosed(ANNA))
                .when(new RevokeTokens(ANNA, RevokedBecause.SIGNED_OUT_EVERYWHERE))
                .thenRefused(new Refusal.CustomerInactive());
    }

    @Test
    void nobody_signs_in_without_credentials() {
        credentials.when(right()).thenUnknown();
    }
}
