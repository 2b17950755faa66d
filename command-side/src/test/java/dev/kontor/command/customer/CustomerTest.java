package dev.kontor.command.customer;

import dev.kontor.api.Precondition;
import dev.kontor.api.Refusal;
import dev.kontor.api.customer.AccountStatus;
import dev.kontor.api.customer.CustomerCommand;
import dev.kontor.api.customer.CustomerCommand.ChangeProfile;
import dev.kontor.api.customer.CustomerCommand.DeactivateCustomer;
import dev.kontor.api.customer.CustomerCommand.EraseCustomer;
import dev.kontor.api.customer.CustomerCommand.GrantRole;
import dev.kontor.api.customer.CustomerCommand.ReactivateCustomer;
import dev.kontor.api.customer.CustomerCommand.ReadProfile;
import dev.kontor.api.customer.CustomerCommand.ReadStanding;
import dev.kontor.api.customer.CustomerCommand.RegisterCustomer;
import dev.kontor.api.customer.CustomerEvent;
import dev.kontor.api.customer.CustomerEvent.CustomerDeactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerErased;
import dev.kontor.api.customer.CustomerEvent.CustomerReactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.CustomerEvent.ProfileChanged;
import dev.kontor.api.customer.CustomerEvent.RoleGranted;
import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.customer.Profile;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.Scenario;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CustomerTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final Sealed EMAIL = new Sealed("ZW1haWw=");
    private static final Sealed NAME = new Sealed("bmFtZQ==");
    private static final Sealed OTHER_EMAIL = new Sealed("YW5kZXJl");
    private static final Sealed OTHER_NAME = new Sealed("b3RoZXI=");
    private static final CustomerRegistered REGISTERED = new CustomerRegistered(ANNA, EMAIL, NAME, Role.CUSTOMER);
    private static final CustomerDeactivated DEACTIVATED = new CustomerDeactivated(ANNA);
    private static final CustomerReactivated REACTIVATED = new CustomerReactivated(ANNA);
    private static final CustomerErased ERASED = new CustomerErased(ANNA);

    private final Scenario<Customer> customer = Scenario.of(Customer.class);

    @Test
    void a_customer_registers() {
        customer.when(new RegisterCustomer(ANNA, EMAIL, NAME, Role.CUSTOMER)).then(REGISTERED);
    }

    @Test
    void a_changed_profile_keeps_its_email() {
        customer.given(REGISTERED)
                .when(new ChangeProfile(ANNA, EMAIL, null, OTHER_NAME))
                .then(new ProfileChanged(ANNA, EMAIL, OTHER_NAME))
                .answering(1L);
    }

    @Test
    void a_changed_e_mail_keeps_the_name() {
        customer.given(REGISTERED, new ProfileChanged(ANNA, EMAIL, OTHER_NAME))
                .when(new ChangeProfile(ANNA, EMAIL, OTHER_EMAIL, null))
                .then(new ProfileChanged(ANNA, OTHER_EMAIL, OTHER_NAME))
                .answering(2L);
    }

    @Test
    void a_change_based_on_an_e_mail_that_changed_meanwhile_is_outdated() {
        customer.given(REGISTERED, new ProfileChanged(ANNA, OTHER_EMAIL, NAME))
                .when(new ChangeProfile(ANNA, EMAIL, null, OTHER_NAME))
                .thenRefused(new Refusal.Outdated());
        Scenario.of(Customer.class)
                .given(REGISTERED, new ProfileChanged(ANNA, OTHER_EMAIL, NAME))
                .when(new EraseCustomer(ANNA, EMAIL))
                .thenRefused(new Refusal.Outdated());
    }

    @Test
    void an_account_whose_key_is_lost_can_be_erased() {
        customer.given(REGISTERED).when(new EraseCustomer(ANNA, null)).then(ERASED);
    }

    @Test
    void a_role_is_granted_once() {
        customer.given(REGISTERED)
                .when(new GrantRole(ANNA, Role.ADMIN))
                .then(new RoleGranted(ANNA, Role.ADMIN))
                .answering(1L);
        Scenario.of(Customer.class)
                .given(REGISTERED, new RoleGranted(ANNA, Role.ADMIN))
                .when(new GrantRole(ANNA, Role.ADMIN))
                .thenNothing()
                .answering(1L);
    }

    @Test
    void a_role_is_taken_back() {
        customer.given(REGISTERED, new RoleGranted(ANNA, Role.ADMIN))
                .when(new GrantRole(ANNA, Role.CUSTOMER))
                .then(new RoleGranted(ANNA, Role.CUSTOMER));
    }

    @Test
    void the_present_role_is_not_granted_again() {
        customer.given(REGISTERED).when(new GrantRole(ANNA, Role.CUSTOMER)).thenNothing();
    }

    @Test
    void a_customer_is_deactivated_once() {
        customer.given(REGISTERED).when(new DeactivateCustomer(ANNA)).then(DEACTIVATED);
        Scenario.of(Customer.class)
                .given(REGISTERED, DEACTIVATED)
                .when(new DeactivateCustomer(ANNA))
                .thenNothing()
                .answering(1L);
    }

    @Test
    void a_customer_is_erased_once() {
        customer.given(REGISTERED).when(new EraseCustomer(ANNA, EMAIL)).then(ERASED);
        Scenario.of(Customer.class)
                .given(REGISTERED, ERASED)
                .when(new EraseCustomer(ANNA, EMAIL))
                .thenNothing()
                .answering(1L);
    }

    @Test
    void a_deactivated_account_can_be_erased_and_an_erased_one_not_deactivated() {
        customer.given(REGISTERED, DEACTIVATED)
                .when(new EraseCustomer(ANNA, EMAIL))
                .then(ERASED);
        Scenario.of(Customer.class)
                .given(REGISTERED, ERASED)
                .when(new DeactivateCustomer(ANNA))
                .thenRefused(new Refusal.CustomerInactive());
    }

    @Test
    void a_deactivated_account_is_reactivated_once() {
        customer.given(REGISTERED, DEACTIVATED)
                .when(new ReactivateCustomer(ANNA))
                .then(REACTIVATED);
        Scenario.of(Customer.class)
                .given(REGISTERED, DEACTIVATED, REACTIVATED)
                .when(new ReactivateCustomer(ANNA))
                .thenNothing()
                .answering(2L);
    }

    @Test
    void an_erased_account_cannot_be_reactivated() {
        customer.given(REGISTERED, ERASED)
                .when(new ReactivateCustomer(ANNA))
                .thenRefused(new Refusal.CustomerInactive());
    }

    @Test
    void a_reactivated_account_is_as_before() {
        customer.given(REGISTERED, DEACTIVATED, REACTIVATED)
                .when(new ReadProfile(ANNA))
                .thenNothing()
                .answering(new Profile(EMAIL, NAME, CustomerStatus.ACTIVE, 2));
    }

    @Test
    void an_erased_customer_has_no_profile() {
        customer.given(REGISTERED, ERASED)
                .when(new ReadProfile(ANNA))
                .answering(new Profile(null, null, CustomerStatus.ERASED, 1));
    }

    static Stream<Arguments> inactive() {
        return Stream.<CustomerEvent>of(DEACTIVATED, ERASED)
                .flatMap(end -> Stream.<CustomerCommand>of(
                                new ChangeProfile(ANNA, EMAIL, null, OTHER_NAME), new GrantRole(ANNA, Role.ADMIN))
                        .map(command -> Arguments.of(end, command)));
    }

    @ParameterizedTest
    @MethodSource("inactive")
    void an_inactive_customer_cannot_be_changed(CustomerEvent end, CustomerCommand command) {
        customer.given(REGISTERED, end).when(command).thenRefused(new Refusal.CustomerInactive());
    }

    @Test
    void a_standing_is_read_without_an_event() {
        customer.given(REGISTERED)
                .when(new ReadStanding(ANNA))
                .thenNothing()
                .answering(new AccountStatus(Role.CUSTOMER, CustomerStatus.ACTIVE));
    }

    @Test
    void a_standing_has_the_status_of_the_account() {
        customer.given(REGISTERED, new RoleGranted(ANNA, Role.ADMIN), DEACTIVATED)
                .when(new ReadStanding(ANNA))
                .answering(new AccountStatus(Role.ADMIN, CustomerStatus.DEACTIVATED));
        Scenario.of(Customer.class)
                .given(REGISTERED, DEACTIVATED, ERASED)
                .when(new ReadStanding(ANNA))
                .answering(new AccountStatus(Role.CUSTOMER, CustomerStatus.ERASED));
    }

    @Test
    void a_customer_who_never_registered_is_unknown() {
        customer.when(new ReadStanding(ANNA)).thenUnknown();
    }

    @Test
    void profile_and_standing_have_versions_of_their_own() {
        Precondition atFirst = new Precondition(List.of(0L));
        customer.given(REGISTERED, new RoleGranted(ANNA, Role.ADMIN), DEACTIVATED, REACTIVATED)
                .when(new ChangeProfile(ANNA, EMAIL, null, OTHER_NAME, atFirst))
                .then(new ProfileChanged(ANNA, EMAIL, OTHER_NAME));
        Scenario.of(Customer.class)
                .given(REGISTERED, new ProfileChanged(ANNA, EMAIL, OTHER_NAME))
                .when(new GrantRole(ANNA, Role.ADMIN, atFirst))
                .then(new RoleGranted(ANNA, Role.ADMIN));
    }

    @Test
    void a_change_of_a_customer_that_has_changed_is_refused() {
        Precondition atFirst = new Precondition(List.of(0L));
        ProfileChanged renamed = new ProfileChanged(ANNA, EMAIL, OTHER_NAME);
        for (CustomerCommand command : List.of(
                new ChangeProfile(ANNA, EMAIL, null, NAME, atFirst),
                new ReadProfile(ANNA, atFirst),
                new EraseCustomer(ANNA, EMAIL, atFirst))) {
            Scenario.of(Customer.class)
                    .given(REGISTERED, renamed)
                    .when(command)
                    .thenRefused(new Refusal.PreconditionFailed(1));
        }
        for (CustomerCommand command : List.of(
                new GrantRole(ANNA, Role.ADMIN, atFirst),
                new DeactivateCustomer(ANNA, atFirst),
                new ReactivateCustomer(ANNA, atFirst),
                new EraseCustomer(ANNA, EMAIL, atFirst))) {
            Scenario.of(Customer.class)
                    .given(REGISTERED, new RoleGranted(ANNA, Role.ADMIN))
                    .when(command)
                    .thenRefused(new Refusal.PreconditionFailed(1));
        }
    }
}
