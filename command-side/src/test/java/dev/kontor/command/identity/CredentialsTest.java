package dev.kontor.command.identity;

import static dev.kontor.command.platform.Scenario.NOON;

import dev.kontor.api.Refusal;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.CredentialsCommand.CloseCredentials;
import dev.kontor.api.identity.CredentialsCommand.ReadVerifier;
import dev.kontor.api.identity.CredentialsCommand.RecordSignIn;
import dev.kontor.api.identity.CredentialsCommand.ReopenCredentials;
import dev.kontor.api.identity.CredentialsCommand.RevokeTokens;
import dev.kontor.api.identity.CredentialsCommand.SetVerifier;
import dev.kontor.api.identity.CredentialsCommand.UnlockCredentials;
import dev.kontor.api.identity.CredentialsCommand.UpgradeVerifier;
import dev.kontor.api.identity.CredentialsEvent.CredentialsClosed;
import dev.kontor.api.identity.CredentialsEvent.CredentialsLocked;
import dev.kontor.api.identity.CredentialsEvent.CredentialsUnlocked;
import dev.kontor.api.identity.CredentialsEvent.SignInFailed;
import dev.kontor.api.identity.CredentialsEvent.SignInSucceeded;
import dev.kontor.api.identity.CredentialsEvent.TokensRevoked;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.PasswordHash;
import dev.kontor.api.identity.RevokedBecause;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final Sealed VERIFIER = new Sealed("b25l");
    private static final Sealed OTHER_VERIFIER = new Sealed("dHdv");
    private static final VerifierSet SET = new VerifierSet(ANNA, VERIFIER, 1);

    private final Scenario<Credentials> credentials = Scenario.of(Credentials.class);

    private static RecordSignIn right() {
        return new RecordSignIn(ANNA, 1);
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
    void a_verifier_is_read_without_an_event() {
        credentials
                .given(SET)
                .when(new ReadVerifier(ANNA))
                .thenNothing()
                .answering(new PasswordHash(VERIFIER, 1, true, 0));
    }

    @Test
    void a_right_password_is_accepted() {
        credentials.given(SET).when(right()).then(new SignInSucceeded(ANNA, 1)).answering(true);
    }

    /** Older logs, from when failures were counted in the log, have such events. */
    @Test
    void a_lock_of_an_older_version_has_no_effect() {
        credentials
                .given(SET, new SignInFailed(ANNA, 9), new CredentialsLocked(ANNA, 10, NOON.plusSeconds(30)))
                .when(right())
                .then(new SignInSucceeded(ANNA, 1))
                .answering(true);
    }

    @Test
    void each_unlocking_is_visible_in_the_verifier() {
        credentials.given(SET).when(new UnlockCredentials(ANNA)).then(new CredentialsUnlocked(ANNA));
        Scenario.of(Credentials.class)
                .given(SET, new CredentialsUnlocked(ANNA), new CredentialsUnlocked(ANNA))
                .when(new ReadVerifier(ANNA))
                .answering(new PasswordHash(VERIFIER, 1, true, 2));
        Scenario.of(Credentials.class)
                .given(SET, new CredentialsClosed(ANNA))
                .when(new UnlockCredentials(ANNA))
                .thenRefused(new Refusal.CustomerInactive());
    }

    @Test
    void a_proof_against_a_replaced_verifier_is_invalid() {
        credentials
                .given(SET, new VerifierSet(ANNA, OTHER_VERIFIER, 2))
                .when(right())
                .thenNothing()
                .answering(false);
    }

    @Test
    void credentials_are_closed_once() {
        credentials.given(SET).when(new CloseCredentials(ANNA)).then(new CredentialsClosed(ANNA));
        Scenario.of(Credentials.class)
                .given(SET, new CredentialsClosed(ANNA))
                .when(new CloseCredentials(ANNA))
                .thenNothing();
    }

    @Test
    void closed_credentials_accept_no_sign_in() {
        credentials
                .given(SET, new CredentialsClosed(ANNA))
                .when(right())
                .thenNothing()
                .answering(false);
    }

    @Test
    void closed_credentials_forget_their_verifier_and_take_no_other() {
        credentials
                .given(SET, new CredentialsClosed(ANNA))
                .when(new ReadVerifier(ANNA))
                .answering(new PasswordHash(null, 1, false, 0));
        Scenario.of(Credentials.class)
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
            Scenario.of(Credentials.class)
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
    void a_sign_in_without_credentials_is_refused() {
        credentials.when(right()).thenUnknown();
    }
}
