package dev.kontor.command.customer;

import static dev.kontor.command.identity.ServedAccounts.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.api.customer.CustomerEvent.CustomerErased;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.CustomerEvent.ProfileChanged;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.EmailEvent.EmailReleased;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.identity.WithServedAccounts;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Written;
import dev.kontor.proto.customer.AccountChanged;
import dev.kontor.proto.customer.ChangeProfileRequest;
import dev.kontor.proto.customer.DeactivateCustomerRequest;
import dev.kontor.proto.customer.EraseCustomerRequest;
import dev.kontor.proto.customer.GrantRoleRequest;
import dev.kontor.proto.customer.ReactivateCustomerRequest;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.Tokens;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomerCommandServiceTest extends WithServedAccounts {

    private static final String ANNAS = "anna@example.com";
    private static final String OTHER = "anne@example.com";

    private CustomerCommandService endpoint;
    private CustomerId anna;
    private Tokens annas;
    private CustomerRegistered registered;

    @BeforeEach
    void signIn() {
        endpoint = new CustomerCommandService(
                served.commands(),
                new ProfileCommands(served.commands(), served.emailHash(), served.personalData(), served.lostEmails()),
                served.tries());
        anna = served.open(ANNAS, Role.CUSTOMER);
        annas = served.signIn(ANNAS);
        registered = served.written().stream()
                .filter(CustomerRegistered.class::isInstance)
                .map(CustomerRegistered.class::cast)
                .findAny()
                .orElseThrow();
    }

    private Tokens admin() {
        served.open("admin@example.com", Role.ADMIN);
        Tokens admin = served.signIn("admin@example.com");
        served.written();
        return admin;
    }

    private long change(Tokens caller, ChangeProfileRequest request) {
        return served.<Written>as(caller, answer -> endpoint.changeProfile(request, answer))
                .getVersion();
    }

    private static ChangeProfileRequest email(String email) {
        return ChangeProfileRequest.newBuilder().setEmail(email).build();
    }

    /** The limit of sign-ups, which reveal the same. */
    @Test
    void changes_of_the_e_mail_are_limited_to_twenty_a_minute() {
        served.open(OTHER, Role.CUSTOMER);
        for (int i = 0; i < 20; i++) {
            refused(Problem.EMAIL_TAKEN, () -> change(annas, email(OTHER)));
        }
        served.written();

        refused(Problem.TOO_MANY_REQUESTS, () -> change(annas, email(OTHER)));
        refused(Problem.TOO_MANY_REQUESTS, () -> change(annas, email("free@example.com")));

        assertThat(served.written()).isEmpty();
        change(annas, ChangeProfileRequest.newBuilder().setName("Another").build());
        refused(
                Problem.EMAIL_TAKEN,
                () -> change(
                        admin(),
                        email(OTHER).toBuilder().setCustomerId(anna.value()).build()));
        served.time().advance(Duration.ofSeconds(3));
        refused(Problem.EMAIL_TAKEN, () -> change(annas, email(OTHER)));
    }

    private AccountChanged erase(Tokens caller, String customer) {
        EraseCustomerRequest request =
                EraseCustomerRequest.newBuilder().setCustomerId(customer).build();
        return served.as(caller, answer -> endpoint.eraseCustomer(request, answer));
    }

    private AccountChanged grant(Tokens caller, String customer, String role) {
        GrantRoleRequest request = GrantRoleRequest.newBuilder()
                .setCustomerId(customer)
                .setRole(role)
                .build();
        return served.as(caller, answer -> endpoint.grantRole(request, answer));
    }

    private AccountChanged deactivate(Tokens caller, String customer) {
        DeactivateCustomerRequest request =
                DeactivateCustomerRequest.newBuilder().setCustomerId(customer).build();
        return served.as(caller, answer -> endpoint.deactivateCustomer(request, answer));
    }

    private AccountChanged reactivate(Tokens caller, String customer) {
        ReactivateCustomerRequest request =
                ReactivateCustomerRequest.newBuilder().setCustomerId(customer).build();
        return served.as(caller, answer -> endpoint.reactivateCustomer(request, answer));
    }

    private static long below(AccountChanged change) {
        return change.getRevoked().getRevocations(0).getTokens().getBelowVersion();
    }

    private void shows(ProfileChanged event, String email, String name) {
        assertThat(served.personalData().unseal(anna, Field.EMAIL, event.email()))
                .contains(email);
        assertThat(served.personalData().unseal(anna, Field.NAME, event.name())).contains(name);
    }

    private ProfileChanged changed() {
        return served.written().stream()
                .filter(ProfileChanged.class::isInstance)
                .map(ProfileChanged.class::cast)
                .findAny()
                .orElseThrow();
    }

    @Test
    void a_name_alone_is_changed() {
        assertThat(change(
                        annas, ChangeProfileRequest.newBuilder().setName("Anne").build()))
                .isEqualTo(1);

        shows(changed(), ANNAS, "Anne");
    }

    @Test
    void both_are_changed_at_once() {
        ChangeProfileRequest both = ChangeProfileRequest.newBuilder()
                .setName("Anne")
                .setEmail(OTHER)
                .build();

        assertThat(change(annas, both)).isEqualTo(1);

        shows(changed(), OTHER, "Anne");
    }

    @Test
    void after_a_change_of_e_mail_the_tokens_stay_valid_and_the_old_e_mail_is_free() {
        change(annas, email(OTHER));

        assertThat(served.refresh(annas.getRefreshToken()).getAccessToken()).isNotEmpty();
        assertThat(served.signIn(OTHER).getAccessToken()).isNotEmpty();
        refused(Problem.BAD_CREDENTIALS, () -> served.signIn(ANNAS));
        assertThat(served.open(ANNAS, Role.CUSTOMER)).isNotEqualTo(anna);
    }

    @Test
    void a_command_without_a_difference_changes_nothing() {
        ChangeProfileRequest same = ChangeProfileRequest.newBuilder()
                .setName("Some One")
                .setEmail("ANNA@Example.com")
                .build();

        assertThat(change(annas, same)).isZero();
        assertThat(change(annas, ChangeProfileRequest.getDefaultInstance())).isZero();
        assertThat(served.written()).isEmpty();
    }

    @Test
    void an_e_mail_of_another_account_is_taken() {
        served.open(OTHER, Role.CUSTOMER);
        served.written();

        refused(Problem.EMAIL_TAKEN, () -> change(annas, email(OTHER)));
        assertThat(served.written()).isEmpty();
    }

    @Test
    void all_violations_are_named_at_once() {
        ChangeProfileRequest wrong = ChangeProfileRequest.newBuilder()
                .setName(" ")
                .setEmail("no e-mail")
                .build();

        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> change(annas, wrong));

        assertThat(refused.problem()).isEqualTo(Problem.INVALID_REQUEST);
        assertThat(refused.violations())
                .extracting(RefusedException.Violation::field)
                .containsExactly("email", "name");
    }

    @Test
    void a_profile_is_its_owner_s_and_the_admins_to_change() {
        ChangeProfileRequest annasName = ChangeProfileRequest.newBuilder()
                .setCustomerId(anna.value())
                .setName("Anne")
                .build();
        served.open("bert@example.com", Role.CUSTOMER);

        refused(Problem.FORBIDDEN, () -> change(served.signIn("bert@example.com"), annasName));
        assertThat(change(admin(), annasName)).isEqualTo(1);
    }

    @Test
    void a_role_is_granted_and_older_tokens_end() {
        AccountChanged change = grant(admin(), anna.value(), "ADMIN");

        assertThat(change.getWritten().getId()).isEqualTo(anna.value());
        assertThat(change.getWritten().getVersion()).isEqualTo(1);
        assertThat(below(change)).isEqualTo(2);
        refused(Problem.BAD_REFRESH_TOKEN, () -> served.refresh(annas.getRefreshToken()));
    }

    @Test
    void the_same_role_revokes_nothing() {
        assertThat(grant(admin(), anna.value(), "CUSTOMER").getRevoked()).isEqualTo(Revoked.getDefaultInstance());
        assertThat(served.written()).isEmpty();
    }

    @Test
    void the_last_admin_cannot_be_removed() {
        Tokens admin = admin();
        CustomerId last = served.ownerOf(admin);
        Sealed name = served.personalData().seal(last, Field.NAME, "Admin");

        refused(Problem.LAST_ADMIN, () -> grant(admin, last.value(), "CUSTOMER"));
        refused(Problem.LAST_ADMIN, () -> deactivate(admin, last.value()));
        refused(Problem.LAST_ADMIN, () -> erase(admin, ""));
        assertThat(served.personalData().unseal(last, Field.NAME, name)).contains("Admin");
    }

    @Test
    void an_unknown_role_is_refused() {
        refused(Problem.INVALID_REQUEST, () -> grant(admin(), anna.value(), "OWNER"));
    }

    @Test
    void a_deactivated_account_cannot_sign_in_until_reactivated() {
        Tokens admin = admin();

        assertThat(below(deactivate(admin, anna.value()))).isEqualTo(2);
        refused(Problem.BAD_REFRESH_TOKEN, () -> served.refresh(annas.getRefreshToken()));
        refused(Problem.BAD_CREDENTIALS, () -> served.signIn(ANNAS));
        refused(Problem.CUSTOMER_INACTIVE, () -> change(annas, email(OTHER)));

        assertThat(reactivate(admin, anna.value()).getRevoked()).isEqualTo(Revoked.getDefaultInstance());
        assertThat(served.signIn(ANNAS).getAccessToken()).isNotEmpty();
    }

    @Test
    void an_erased_account_stays_closed_and_its_e_mail_is_free() {
        AccountChanged change = erase(annas, "");

        assertThat(change.getWritten().getVersion()).isEqualTo(1);
        assertThat(below(change)).isEqualTo(Long.MAX_VALUE);
        assertThat(served.personalData().unseal(anna, Field.NAME, registered.name()))
                .isEmpty();
        refused(Problem.BAD_REFRESH_TOKEN, () -> served.refresh(annas.getRefreshToken()));
        refused(Problem.BAD_CREDENTIALS, () -> served.signIn(ANNAS));
        refused(Problem.CUSTOMER_INACTIVE, () -> change(annas, email(OTHER)));
        assertThat(served.open(ANNAS, Role.CUSTOMER)).isNotEqualTo(anna);
    }

    @Test
    void an_erasure_can_be_repeated_and_a_reactivation_is_refused() {
        Tokens admin = admin();
        erase(annas, "");
        served.written();

        assertThat(erase(admin, anna.value()).getRevoked()).isEqualTo(Revoked.getDefaultInstance());
        refused(Problem.CUSTOMER_INACTIVE, () -> reactivate(admin, anna.value()));
        refused(Problem.CUSTOMER_INACTIVE, () -> deactivate(admin, anna.value()));
        refused(Problem.CUSTOMER_INACTIVE, () -> grant(admin, anna.value(), "ADMIN"));
        assertThat(served.written()).isEmpty();
    }

    /** As after a restore: the log is older than the erasure, the key ring is not. */
    @Test
    void a_customer_without_a_key_can_still_be_erased() {
        served.personalData().destroy(anna);

        refused(Problem.CUSTOMER_INACTIVE, () -> change(annas, email(OTHER)));
        erase(annas, "");

        assertThat(served.written()).contains(new CustomerErased(anna));
    }

    /** No event reports a lost key, and the e-mail can no longer be decrypted. */
    @Test
    void an_account_with_a_lost_key_can_be_erased_and_its_e_mail_is_free() {
        Tokens admin = admin();
        change(annas, email(OTHER));
        served.personalData().forget(anna);
        refused(Problem.EMAIL_TAKEN, () -> served.open(OTHER, Role.CUSTOMER));

        erase(admin, anna.value());

        assertThat(served.written())
                .hasAtLeastOneElementOfType(EmailReleased.class)
                .contains(new CustomerErased(anna));
        assertThat(served.open(OTHER, Role.CUSTOMER)).isNotEqualTo(anna);
        assertThat(served.open(ANNAS, Role.CUSTOMER)).isNotEqualTo(anna);
    }

    @Test
    void only_an_admin_erases_other_accounts() {
        Tokens admin = admin();
        CustomerId other = served.ownerOf(admin);

        refused(Problem.FORBIDDEN, () -> erase(annas, other.value()));
        assertThat(below(erase(admin, anna.value()))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void an_unknown_id_is_not_found() {
        Tokens admin = admin();

        for (String unknown : new String[] {CustomerId.mint().value(), "junk"}) {
            refused(Problem.CUSTOMER_NOT_FOUND, () -> grant(admin, unknown, "ADMIN"));
            refused(Problem.CUSTOMER_NOT_FOUND, () -> deactivate(admin, unknown));
            refused(Problem.CUSTOMER_NOT_FOUND, () -> reactivate(admin, unknown));
            refused(Problem.CUSTOMER_NOT_FOUND, () -> erase(admin, unknown));
        }
        refused(
                Problem.FORBIDDEN,
                () -> served.<Written>asOperator(
                        answer -> endpoint.changeProfile(ChangeProfileRequest.getDefaultInstance(), answer)));
    }
}
