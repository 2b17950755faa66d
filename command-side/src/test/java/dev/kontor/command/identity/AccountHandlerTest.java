package dev.kontor.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.Refusal;
import dev.kontor.api.customer.CustomerCommand.ReadStanding;
import dev.kontor.api.customer.CustomerEvent.CustomerDeactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerErased;
import dev.kontor.api.customer.CustomerEvent.CustomerReactivated;
import dev.kontor.api.customer.CustomerEvent.RoleGranted;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.AccountChange;
import dev.kontor.api.identity.AccountCommand;
import dev.kontor.api.identity.AccountCommand.AssignRole;
import dev.kontor.api.identity.AccountCommand.ChangeAccount;
import dev.kontor.api.identity.AccountCommand.DeactivateAccount;
import dev.kontor.api.identity.AccountCommand.EmailChange;
import dev.kontor.api.identity.AccountCommand.EraseAccount;
import dev.kontor.api.identity.AccountCommand.ReactivateAccount;
import dev.kontor.api.identity.AdminsEvent.AdminAppointed;
import dev.kontor.api.identity.AdminsEvent.AdminDismissed;
import dev.kontor.api.identity.CredentialsEvent.CredentialsClosed;
import dev.kontor.api.identity.CredentialsEvent.CredentialsReopened;
import dev.kontor.api.identity.CredentialsEvent.TokensRevoked;
import dev.kontor.api.identity.EmailCommand.FindEmailOwner;
import dev.kontor.api.identity.EmailEvent.EmailReleased;
import dev.kontor.api.identity.RevokedBecause;
import dev.kontor.api.identity.SessionEvent.SessionOpened;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.SignUp;
import dev.kontor.api.identity.TokenHash;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.Scenario;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AccountHandlerTest extends AccountScenarios {

    @Test
    void a_new_admin_is_listed_and_loses_older_tokens() {
        givenAnnaIs(Role.CUSTOMER);

        assertThat(accounts.<AccountChange>send(new AssignRole(ANNA, Role.ADMIN)))
                .isEqualTo(new AccountChange(1, 2));
        assertThat(accounts.written())
                .containsExactly(
                        new RoleGranted(ANNA, Role.ADMIN),
                        new TokensRevoked(ANNA, 2, RevokedBecause.ROLE_CHANGED),
                        new AdminAppointed(ANNA));
    }

    @Test
    void a_former_admin_is_removed_from_the_list() {
        givenAnnaIs(Role.ADMIN);
        givenAdmins(ANNA, BERT);

        assertThat(accounts.<AccountChange>send(new AssignRole(ANNA, Role.CUSTOMER)))
                .isEqualTo(new AccountChange(1, 2));
        assertThat(accounts.written())
                .containsExactly(
                        new RoleGranted(ANNA, Role.CUSTOMER),
                        new TokensRevoked(ANNA, 2, RevokedBecause.ROLE_CHANGED),
                        new AdminDismissed(ANNA));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void the_present_role_is_not_granted_again(Role role) {
        givenAnnaIs(role);

        assertThat(accounts.<AccountChange>send(new AssignRole(ANNA, role))).isEqualTo(new AccountChange(0, 0));
        assertThat(accounts.written()).isEmpty();
    }

    static Stream<AccountCommand> endsOfAnAdmin() {
        return Stream.of(new AssignRole(ANNA, Role.CUSTOMER), new DeactivateAccount(ANNA), erase());
    }

    @ParameterizedTest
    @MethodSource("endsOfAnAdmin")
    void the_last_admin_stays(AccountCommand end) {
        givenAnnaIs(Role.ADMIN);
        givenAdmins(ANNA);
        assertThat(accounts.<CustomerId>send(new FindEmailOwner(ANNAS))).isEqualTo(ANNA);

        refused(new Refusal.LastAdmin(), end);

        assertThat(accounts.<CustomerId>send(new FindEmailOwner(ANNAS)))
                .as("the cached claim, whose release was rolled back")
                .isEqualTo(ANNA);
    }

    @ParameterizedTest
    @MethodSource("endsOfAnAdmin")
    void an_admin_from_before_the_list_goes_only_if_the_list_is_not_empty(AccountCommand end) {
        givenAnnaIs(Role.ADMIN);
        refused(new Refusal.LastAdmin(), end);

        accounts.<Long>send(new SignUp(BERTS, BERT, EMAIL, NAME, VERIFIER, Role.ADMIN));
        accounts.written();
        accounts.<AccountChange>send(end);

        assertThat(accounts.written()).isNotEmpty().doesNotContain(new AdminDismissed(ANNA));
    }

    @Test
    void a_deactivated_admin_is_off_the_list_and_every_token_ends() {
        givenAnnaIs(Role.ADMIN);
        givenAdmins(ANNA, BERT);

        assertThat(accounts.<AccountChange>send(new DeactivateAccount(ANNA))).isEqualTo(new AccountChange(1, 2));
        assertThat(accounts.written())
                .containsExactly(
                        new CustomerDeactivated(ANNA),
                        new TokensRevoked(ANNA, 2, RevokedBecause.DEACTIVATED),
                        new AdminDismissed(ANNA));

        assertThat(accounts.<AccountChange>send(new DeactivateAccount(ANNA))).isEqualTo(new AccountChange(1, 0));
        assertThat(accounts.written()).as("the second time").isEmpty();
    }

    @Test
    void a_reactivated_admin_is_on_the_list_again_and_may_sign_in() {
        givenAnnaIs(Role.ADMIN);
        givenAdmins(ANNA, BERT);
        accounts.<AccountChange>send(new DeactivateAccount(ANNA));
        accounts.written();

        assertThat(accounts.<AccountChange>send(new ReactivateAccount(ANNA))).isEqualTo(new AccountChange(2, 0));
        assertThat(accounts.written())
                .containsExactly(
                        new CustomerReactivated(ANNA), new CredentialsReopened(ANNA), new AdminAppointed(ANNA));

        assertThat(accounts.<AccountChange>send(new ReactivateAccount(ANNA))).isEqualTo(new AccountChange(2, 0));
        assertThat(accounts.written()).as("the second time").isEmpty();
    }

    @Test
    void an_erasure_removes_the_e_mail_the_credentials_and_the_entry_in_the_list() {
        givenAnnaIs(Role.ADMIN);
        givenAdmins(ANNA, BERT);

        assertThat(accounts.<AccountChange>send(erase())).isEqualTo(new AccountChange(1, AccountChange.FOR_GOOD));
        assertThat(accounts.written())
                .containsExactly(
                        new EmailReleased(ANNAS, ANNA),
                        new CustomerErased(ANNA),
                        new CredentialsClosed(ANNA),
                        new AdminDismissed(ANNA));

        assertThat(accounts.<AccountChange>send(new EraseAccount(ANNA, null, null)))
                .isEqualTo(new AccountChange(1, 0));
        assertThat(accounts.written()).as("the second time").isEmpty();
    }

    @Test
    void a_deactivated_account_is_erased_without_asking_for_admins_again() {
        givenAnnaIs(Role.ADMIN);
        accounts.given(
                new AdminAppointed(ANNA),
                new AdminAppointed(BERT),
                new CustomerDeactivated(ANNA),
                new TokensRevoked(ANNA, 2, RevokedBecause.DEACTIVATED),
                new AdminDismissed(ANNA));

        accounts.<AccountChange>send(erase());

        assertThat(accounts.written())
                .containsExactly(new EmailReleased(ANNAS, ANNA), new CustomerErased(ANNA), new CredentialsClosed(ANNA));
    }

    static Stream<AccountCommand> changes() {
        return Stream.of(
                new ChangeAccount(ANNA, EMAIL, null, OTHER_NAME),
                new ChangeAccount(ANNA, EMAIL, new EmailChange(ANNAS, BERTS, OTHER_EMAIL), null),
                new AssignRole(ANNA, Role.ADMIN),
                new DeactivateAccount(ANNA),
                new ReactivateAccount(ANNA));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void an_erased_account_cannot_be_changed(AccountCommand change) {
        givenAnnaIs(Role.CUSTOMER);
        accounts.<AccountChange>send(erase());
        accounts.written();

        refused(new Refusal.CustomerInactive(), change);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void an_unknown_account_is_not_changed(AccountCommand change) {
        refused(new Refusal.Unknown(), change);
    }

    @Test
    void an_unknown_account_is_not_erased() {
        refused(new Refusal.Unknown(), erase());
    }

    /** Aggregates of all types share one name space in the log. */
    @Test
    void an_id_of_another_type_is_not_a_customer() {
        SessionId session = SessionId.mint();
        accounts.given(new SessionOpened(session, ANNA, 1, new TokenHash("hash"), Scenario.NOON, VERIFIER));

        refused(new Refusal.Unknown(), new ReadStanding(new CustomerId(session.value())));
    }

    @Test
    void commands_and_events_reveal_no_sealed_data() {
        givenAnnaIs(Role.CUSTOMER);
        accounts.<Long>send(new ChangeAccount(ANNA, EMAIL, toBerts(), OTHER_NAME));

        List<Object> said =
                Stream.concat(changes(), accounts.written().stream()).toList();

        assertThat(said.toString())
                .doesNotContain(EMAIL.ciphertext(), OTHER_EMAIL.ciphertext(), OTHER_NAME.ciphertext());
    }
}
