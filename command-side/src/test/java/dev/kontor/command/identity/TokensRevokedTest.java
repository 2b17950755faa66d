package dev.kontor.command.identity;

import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.CredentialsCommand.ChangeVerifier;
import dev.kontor.api.identity.CredentialsCommand.ReadVerifier;
import dev.kontor.api.identity.CredentialsCommand.RecordSignIn;
import dev.kontor.api.identity.CredentialsCommand.ReopenCredentials;
import dev.kontor.api.identity.CredentialsCommand.RevokeTokens;
import dev.kontor.api.identity.CredentialsCommand.UpgradeVerifier;
import dev.kontor.api.identity.CredentialsEvent.CredentialsReopened;
import dev.kontor.api.identity.CredentialsEvent.SignInSucceeded;
import dev.kontor.api.identity.CredentialsEvent.TokensRevoked;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.CredentialsEvent.VerifierUpgraded;
import dev.kontor.api.identity.PasswordHash;
import dev.kontor.api.identity.RevokedBecause;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which commands raise the version of a customer's credentials. */
class TokensRevokedTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final Sealed VERIFIER = new Sealed("b25l");
    private static final Sealed OTHER_VERIFIER = new Sealed("dHdv");
    private static final VerifierSet SET = new VerifierSet(ANNA, VERIFIER, 1);
    private static final TokensRevoked DEACTIVATED = new TokensRevoked(ANNA, 2, RevokedBecause.DEACTIVATED);

    private final Scenario<Credentials> credentials = Scenario.of(Credentials.class);

    @ParameterizedTest
    @EnumSource(RevokedBecause.class)
    void tokens_are_revoked_by_a_higher_version(RevokedBecause reason) {
        credentials
                .given(SET)
                .when(new RevokeTokens(ANNA, reason))
                .then(new TokensRevoked(ANNA, 2, reason))
                .answering(2L);
    }

    @ParameterizedTest
    @EnumSource(value = RevokedBecause.class, names = "DEACTIVATED", mode = EnumSource.Mode.EXCLUDE)
    void the_password_stays_valid(RevokedBecause reason) {
        credentials
                .given(SET, new TokensRevoked(ANNA, 2, reason))
                .when(new RecordSignIn(ANNA, 2))
                .then(new SignInSucceeded(ANNA, 2))
                .answering(true);
    }

    @Test
    void an_earlier_proof_is_invalid_afterwards() {
        credentials
                .given(SET, new TokensRevoked(ANNA, 2, RevokedBecause.SIGNED_OUT_EVERYWHERE))
                .when(new RecordSignIn(ANNA, 1))
                .thenNothing()
                .answering(false);
    }

    @Test
    void a_deactivated_account_accepts_no_sign_in() {
        credentials
                .given(SET, DEACTIVATED)
                .when(new RecordSignIn(ANNA, 2))
                .thenNothing()
                .answering(false);
        Scenario.of(Credentials.class)
                .given(SET, DEACTIVATED)
                .when(new ReadVerifier(ANNA))
                .answering(new PasswordHash(VERIFIER, 2, false, 0));
    }

    @Test
    void another_revocation_does_not_open_it() {
        credentials
                .given(SET, DEACTIVATED, new TokensRevoked(ANNA, 3, RevokedBecause.SIGNED_OUT_EVERYWHERE))
                .when(new RecordSignIn(ANNA, 3))
                .answering(false);
    }

    @Test
    void reopening_does_and_happens_once() {
        credentials.given(SET, DEACTIVATED).when(new ReopenCredentials(ANNA)).then(new CredentialsReopened(ANNA));
        Scenario.of(Credentials.class)
                .given(SET, DEACTIVATED, new CredentialsReopened(ANNA))
                .when(new RecordSignIn(ANNA, 2))
                .answering(true);
        Scenario.of(Credentials.class)
                .given(SET, DEACTIVATED, new CredentialsReopened(ANNA))
                .when(new ReopenCredentials(ANNA))
                .thenNothing();
        Scenario.of(Credentials.class)
                .given(SET)
                .when(new ReopenCredentials(ANNA))
                .thenNothing();
    }

    @Test
    void a_changed_password_revokes_earlier_tokens() {
        credentials
                .given(SET)
                .when(new ChangeVerifier(ANNA, 1, OTHER_VERIFIER))
                .then(new VerifierSet(ANNA, OTHER_VERIFIER, 2))
                .answering(2L);
    }

    @Test
    void a_password_is_not_changed_with_an_invalid_proof() {
        credentials
                .given(SET, new VerifierSet(ANNA, OTHER_VERIFIER, 2))
                .when(new ChangeVerifier(ANNA, 1, OTHER_VERIFIER))
                .thenNothing()
                .answering(0L);
        Scenario.of(Credentials.class)
                .given(SET, DEACTIVATED)
                .when(new ChangeVerifier(ANNA, 2, OTHER_VERIFIER))
                .thenNothing()
                .answering(0L);
    }

    @Test
    void an_upgraded_verifier_revokes_nothing() {
        credentials
                .given(SET)
                .when(new UpgradeVerifier(ANNA, 1, OTHER_VERIFIER))
                .then(new VerifierUpgraded(ANNA, OTHER_VERIFIER, 1));
        Scenario.of(Credentials.class)
                .given(SET, new VerifierUpgraded(ANNA, OTHER_VERIFIER, 1))
                .when(new ReadVerifier(ANNA))
                .answering(new PasswordHash(OTHER_VERIFIER, 1, true, 0));
    }

    @Test
    void an_upgrade_never_brings_an_old_password_back() {
        credentials
                .given(SET, new VerifierSet(ANNA, OTHER_VERIFIER, 2))
                .when(new UpgradeVerifier(ANNA, 1, VERIFIER))
                .thenNothing();
    }
}
