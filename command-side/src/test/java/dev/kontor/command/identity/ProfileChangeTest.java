package dev.kontor.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.Refusal;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.CustomerEvent.ProfileChanged;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.AccountCommand.ChangeAccount;
import dev.kontor.api.identity.AccountCommand.EraseAccount;
import dev.kontor.api.identity.AdminsEvent.AdminAppointed;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.EmailEvent.EmailClaimed;
import dev.kontor.api.identity.EmailEvent.EmailReleased;
import dev.kontor.api.identity.SignUp;
import org.junit.jupiter.api.Test;

/** Opening accounts, and changing their profiles. */
class ProfileChangeTest extends AccountScenarios {

    @Test
    void an_admin_s_account_is_opened_with_a_place_on_the_list() {
        accounts.<Long>send(new SignUp(ANNAS, ANNA, EMAIL, NAME, VERIFIER, Role.ADMIN));

        assertThat(accounts.written())
                .containsExactly(
                        new EmailClaimed(ANNAS, ANNA),
                        new VerifierSet(ANNA, VERIFIER, 1),
                        new CustomerRegistered(ANNA, EMAIL, NAME, Role.ADMIN),
                        new AdminAppointed(ANNA));
    }

    @Test
    void without_the_e_mail_no_account_is_opened() {
        givenAnnaIs(Role.CUSTOMER);

        refused(new Refusal.EmailTaken(), new SignUp(ANNAS, BERT, EMAIL, NAME, VERIFIER, Role.ADMIN));
    }

    @Test
    void a_name_is_changed_and_the_e_mail_stays() {
        givenAnnaIs(Role.CUSTOMER);

        assertThat(accounts.<Long>send(new ChangeAccount(ANNA, EMAIL, null, OTHER_NAME)))
                .isEqualTo(1);
        assertThat(accounts.written()).containsExactly(new ProfileChanged(ANNA, EMAIL, OTHER_NAME));
    }

    @Test
    void another_e_mail_is_claimed_and_the_old_one_released() {
        givenAnnaIs(Role.CUSTOMER);

        assertThat(accounts.<Long>send(new ChangeAccount(ANNA, EMAIL, toBerts(), null)))
                .isEqualTo(1);
        assertThat(accounts.written())
                .containsExactlyInAnyOrder(
                        new EmailClaimed(BERTS, ANNA),
                        new EmailReleased(ANNAS, ANNA),
                        new ProfileChanged(ANNA, OTHER_EMAIL, NAME));
    }

    @Test
    void another_customer_can_take_the_old_e_mail() {
        givenAnnaIs(Role.CUSTOMER);
        accounts.<Long>send(new ChangeAccount(ANNA, EMAIL, toBerts(), null));
        accounts.written();

        accounts.<Long>send(new SignUp(ANNAS, BERT, EMAIL, NAME, VERIFIER, Role.CUSTOMER));

        assertThat(accounts.written()).contains(new EmailClaimed(ANNAS, BERT));
    }

    @Test
    void an_e_mail_that_is_taken_changes_nothing_the_name_neither() {
        givenAnnaIs(Role.CUSTOMER);
        given(BERT, BERTS, Role.CUSTOMER);

        refused(new Refusal.EmailTaken(), new ChangeAccount(ANNA, EMAIL, toBerts(), OTHER_NAME));
    }

    @Test
    void a_change_based_on_another_e_mail_is_outdated() {
        givenAnnaIs(Role.CUSTOMER);

        refused(new Refusal.Outdated(), new ChangeAccount(ANNA, OTHER_EMAIL, toBerts(), null));
        refused(new Refusal.Outdated(), new EraseAccount(ANNA, OTHER_EMAIL, BERTS));
    }
}
