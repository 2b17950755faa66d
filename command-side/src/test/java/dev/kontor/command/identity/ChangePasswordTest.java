package dev.kontor.command.identity;

import static dev.kontor.command.identity.ServedAccounts.PASSWORD;
import static dev.kontor.command.identity.ServedAccounts.refusal;
import static dev.kontor.command.identity.ServedAccounts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.AccountCommand.DeactivateAccount;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.identity.ChangePasswordRequest;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.Tokens;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangePasswordTest extends WithServedAccounts {

    private static final String EMAIL = "anna@example.com";
    private static final String NEXT = "another horse";

    private CustomerId anna;
    private Tokens annas;

    @BeforeEach
    void signIn() {
        anna = served.open(EMAIL, Role.CUSTOMER);
        annas = served.signIn(EMAIL);
        served.written();
    }

    private static ChangePasswordRequest request(String current, String next) {
        return ChangePasswordRequest.newBuilder()
                .setCurrentPassword(current)
                .setNewPassword(next)
                .build();
    }

    private Revoked change(String current, String next) {
        return served.as(annas, answer -> served.identity().changePassword(request(current, next), answer));
    }

    @Test
    void a_new_password_ends_all_sessions_and_the_old_password() {
        Revoked revoked = change(PASSWORD, NEXT);

        Revocation revocation = revoked.getRevocations(0);
        assertThat(revocation.getTokens().getCustomerId()).isEqualTo(anna.value());
        assertThat(revocation.getTokens().getBelowVersion()).isEqualTo(2);
        refused(Problem.BAD_REFRESH_TOKEN, () -> served.refresh(annas.getRefreshToken()));
        refused(Problem.BAD_CREDENTIALS, () -> served.signIn(EMAIL));
        assertThat(served.callerOf(served.signIn(EMAIL, NEXT)).tokenVersion()).isEqualTo(2);
    }

    @Test
    void a_wrong_current_password_changes_and_leaves_nothing() {
        assertThat(refusal(Problem.BAD_CREDENTIALS, () -> change("wrong", NEXT)).detail())
                .isEqualTo("The current password is wrong");

        assertThat(served.written()).isEmpty();
    }

    /** Otherwise a stolen token would allow any number of attempts. */
    @Test
    void after_ten_wrong_passwords_the_right_one_is_refused_for_a_while() {
        for (int i = 0; i < 10; i++) {
            refused(Problem.BAD_CREDENTIALS, () -> change("wrong", NEXT));
        }

        refused(Problem.TOO_MANY_REQUESTS, () -> change(PASSWORD, NEXT));

        assertThat(served.written()).noneMatch(VerifierSet.class::isInstance);
        assertThat(served.signIn(EMAIL).getAccessToken())
                .as("signing in goes on")
                .isNotEmpty();
        served.time().advance(Duration.ofMinutes(15));
        change(PASSWORD, NEXT);
    }

    @Test
    void a_new_password_keeps_the_rules_of_sign_up_and_is_a_new_one() {
        for (String next : new String[] {"", "short", "x".repeat(201), PASSWORD}) {
            assertThat(refusal(Problem.INVALID_REQUEST, () -> change(PASSWORD, next))
                            .violations())
                    .singleElement()
                    .satisfies(violation -> assertThat(violation.field()).isEqualTo("newPassword"));
        }
        assertThat(served.written()).isEmpty();
    }

    @Test
    void of_a_deactivated_account_it_is_not_changed() {
        served.commands().send(new DeactivateAccount(anna));

        refused(Problem.BAD_CREDENTIALS, () -> change(PASSWORD, NEXT));
    }

    @Test
    void the_operator_has_no_password() {
        refused(
                Problem.FORBIDDEN,
                () -> served.<Revoked>asOperator(
                        answer -> served.identity().changePassword(request(PASSWORD, NEXT), answer)));
    }
}
