package dev.kontor.command.identity;

import static dev.kontor.command.identity.ServedAccounts.PASSWORD;
import static dev.kontor.command.identity.ServedAccounts.refusal;
import static dev.kontor.command.identity.ServedAccounts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.AttemptLimits;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.Rate;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Written;
import dev.kontor.proto.identity.SignUpRequest;
import dev.kontor.proto.identity.Tokens;
import dev.kontor.proto.identity.UnlockRequest;
import dev.kontor.proto.identity.Unlocked;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guessing is limited, and locks no owner out for longer than the limit states. */
class SignInLimitsTest extends WithServedAccounts {

    private static final String ANNA = "anna@example.com";
    private static final String ATTACKER = "203.0.113.66";
    private static final String HOME = "198.51.100.7";

    private CustomerId anna;

    @BeforeEach
    void open() {
        anna = served.open(ANNA, Role.CUSTOMER);
    }

    private void guess(int times, String address) {
        IntStream.range(0, times)
                .forEach(i -> refused(Problem.BAD_CREDENTIALS, () -> served.signInFrom(address, ANNA, "wrong " + i)));
    }

    private RefusedException isStopped(String address) {
        return refusal(Problem.TOO_MANY_REQUESTS, () -> served.signInFrom(address, ANNA, PASSWORD));
    }

    @Test
    void ten_wrong_passwords_stop_their_client_for_a_quarter_of_an_hour_and_no_other() {
        guess(10, ATTACKER);

        assertThat(isStopped(ATTACKER).attributes()).containsEntry("retryAfter", "900");
        assertThat(served.signInFrom(HOME, ANNA, PASSWORD).getAccessToken()).isNotEmpty();
        isStopped(ATTACKER);

        served.time().advance(Duration.ofMinutes(15));
        assertThat(served.signInFrom(ATTACKER, ANNA, PASSWORD).getAccessToken()).isNotEmpty();
    }

    /** Also for an owner at the attacker's address. */
    @Test
    void one_wrong_password_at_the_end_of_each_stop_does_not_renew_it() {
        guess(10, ATTACKER);
        for (int i = 0; i < 20; i++) {
            served.time().advance(Duration.ofMinutes(15));
            guess(1, ATTACKER);

            assertThat(served.signInFrom(ATTACKER, ANNA, PASSWORD).getAccessToken())
                    .isNotEmpty();
        }
    }

    /** Four a minute for a day, more than the client's limit. */
    @Test
    void one_client_cannot_block_the_others_however_long_it_guesses() {
        for (int quarter = 0; quarter < 96; quarter++) {
            guess(10, ATTACKER);
            isStopped(ATTACKER);
            assertThat(served.signInFrom(HOME, ANNA, PASSWORD).getAccessToken()).isNotEmpty();
            served.time().advance(Duration.ofMinutes(15));
        }
    }

    @Test
    void many_clients_share_a_hundred_guesses_an_hour_and_a_known_device_is_not_limited() {
        String device = served.signIn(ANNA).getDeviceToken();
        int guesses = 0;
        for (int client = 0; client < 50; client++) {
            for (int i = 0; i < 10; i++) {
                String address = "203.0.113." + client;
                Problem problem = catchProblem(() -> served.signInFrom(address, ANNA, "wrong"));
                guesses += problem == Problem.BAD_CREDENTIALS ? 1 : 0;
            }
        }

        assertThat(guesses).isEqualTo(100);
        isStopped(HOME);
        Tokens tokens = served.signInWith(device, ANNA, PASSWORD);
        assertThat(served.callerOf(tokens).customerId()).isEqualTo(anna.value());
        served.time().advance(Duration.ofHours(1));
        assertThat(served.signInFrom(HOME, ANNA, PASSWORD).getAccessToken()).isNotEmpty();
    }

    private static Problem catchProblem(Runnable call) {
        try {
            call.run();
            return null;
        } catch (RefusedException refused) {
            return refused.problem();
        }
    }

    @Test
    void a_device_token_that_is_invented_or_of_another_account_is_not_accepted() {
        served.open("bert@example.com", Role.CUSTOMER);
        String berts = served.signIn("bert@example.com").getDeviceToken();
        guess(10, ATTACKER);
        IntStream.range(0, 10)
                .forEach(i -> refused(Problem.BAD_CREDENTIALS, () -> served.signInWith("x" + i, ANNA, "wrong")));

        refused(Problem.TOO_MANY_REQUESTS, () -> served.signInWith("A".repeat(43), ANNA, PASSWORD));
        refused(Problem.TOO_MANY_REQUESTS, () -> served.signInWith(berts, ANNA, PASSWORD));
    }

    @Test
    void a_device_is_counted_by_itself() {
        String device = served.signIn(ANNA).getDeviceToken();
        String other = served.signIn(ANNA).getDeviceToken();
        IntStream.range(0, 10)
                .forEach(i -> refused(Problem.BAD_CREDENTIALS, () -> served.signInWith(device, ANNA, "wrong")));

        refused(Problem.TOO_MANY_REQUESTS, () -> served.signInWith(device, ANNA, PASSWORD));
        assertThat(served.signInWith(other, ANNA, PASSWORD).getDeviceToken()).isNotEqualTo(other);
    }

    /** A Base64 decoder accepts each of these texts for the same bytes. */
    @Test
    void a_device_token_in_another_spelling_is_invalid() {
        String device = served.signIn(ANNA).getDeviceToken();
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String before = device.substring(0, 42);
        char alike = digits.charAt(digits.indexOf(device.charAt(42)) + 1);
        IntStream.range(0, 10).forEach(i -> refused(Problem.BAD_CREDENTIALS, () -> served.signIn(ANNA, "wrong")));

        refused(Problem.TOO_MANY_REQUESTS, () -> served.signInWith(device + "=", ANNA, "wrong"));
        refused(Problem.TOO_MANY_REQUESTS, () -> served.signInWith(before + alike, ANNA, "wrong"));
        refused(Problem.BAD_CREDENTIALS, () -> served.signInWith(device, ANNA, "wrong"));
    }

    @Test
    void right_passwords_are_not_counted() {
        IntStream.range(0, 30).forEach(i -> served.signInFrom(HOME, ANNA, PASSWORD));
    }

    @Test
    void an_attempt_that_was_never_compared_is_not_counted() {
        IntStream.range(0, 30)
                .forEach(i -> refused(Problem.DEADLINE_EXCEEDED, () -> served.signInAndGiveUp(ANNA, PASSWORD)));

        assertThat(served.signIn(ANNA).getAccessToken()).isNotEmpty();
    }

    /** For example many devices at once: they wait for their comparison, and none was wrong. */
    @Test
    void while_attempts_are_undecided_a_further_one_may_be_repeated_at_once() {
        Rate off = Rate.OFF;
        AttemptLimits tries = new AttemptLimits(off, Rate.of("2/15m"), off, off, served.time());
        AttemptLimits.Try right = tries.byUnknown("a");
        AttemptLimits.Try wrong = tries.byUnknown("a");

        assertThat(refusal(Problem.TOO_MANY_REQUESTS, () -> tries.byUnknown("a"))
                        .attributes())
                .containsEntry("retryAfter", "1");
        right.close();
        wrong.wasWrong();
        wrong.close();
        AttemptLimits.Try second = tries.byUnknown("a");
        second.wasWrong();
        second.close();
        assertThat(refusal(Problem.TOO_MANY_REQUESTS, () -> tries.byUnknown("a"))
                        .attributes())
                .containsEntry("retryAfter", "900");
    }

    @Test
    void the_same_e_mail_in_another_form_is_the_same_account() {
        guess(7, ATTACKER);
        for (String form : List.of(" ANNA@Example.com ", "\uFF21nna@example.com", "anna@example\uFF0Ecom")) {
            refused(Problem.BAD_CREDENTIALS, () -> served.signInFrom(ATTACKER, form, "wrong"));
        }

        refused(Problem.TOO_MANY_REQUESTS, () -> served.signInFrom(ATTACKER, "Anna@example.com", PASSWORD));
    }

    /** The cost of an attempt (events and hashes) does not reveal whether the account exists. */
    @Test
    void a_wrong_password_costs_the_same_whether_there_is_an_account_or_not() {
        served.written();
        served.encoder().costs();
        guess(10, ATTACKER);
        int known = served.encoder().costs();
        assertThat(served.written()).isEmpty();
        IntStream.range(0, 10)
                .forEach(i -> refused(
                        Problem.BAD_CREDENTIALS, () -> served.signInFrom(ATTACKER, "nobody@example.com", "wrong")));

        assertThat(served.encoder().costs()).isEqualTo(known).isEqualTo(10);
        assertThat(served.written()).isEmpty();
        isStopped(ATTACKER);
        refused(Problem.TOO_MANY_REQUESTS, () -> served.signInFrom(ATTACKER, "nobody@example.com", "wrong"));
        assertThat(served.encoder().costs()).as("hashes of refused attempts").isZero();
    }

    @Test
    void an_admin_resets_the_count() {
        guess(10, ATTACKER);
        isStopped(ATTACKER);

        served.<Unlocked>asOperator(answer -> served.identity()
                .unlock(UnlockRequest.newBuilder().setCustomerId(anna.value()).build(), answer));

        assertThat(served.signInFrom(ATTACKER, ANNA, PASSWORD).getAccessToken()).isNotEmpty();
        refused(
                Problem.CUSTOMER_NOT_FOUND,
                () -> served.<Unlocked>asOperator(answer -> served.identity()
                        .unlock(
                                UnlockRequest.newBuilder()
                                        .setCustomerId(CustomerId.mint().value())
                                        .build(),
                                answer)));
    }

    private Written signUp(int i) {
        SignUpRequest request = SignUpRequest.newBuilder()
                .setEmail("new-" + i + "@example.com")
                .setPassword(PASSWORD)
                .setName("New")
                .build();
        return served.withoutToken(answer -> served.identity().signUp(request, answer));
    }

    @Test
    void callers_without_a_gateway_sign_up_twenty_times_a_minute() {
        IntStream.range(0, 20).forEach(this::signUp);

        refused(Problem.TOO_MANY_REQUESTS, () -> signUp(20));
    }

    @Test
    void all_sign_ins_together_have_a_bound() {
        Rate off = Rate.OFF;
        AttemptLimits tries = new AttemptLimits(Rate.of("3/1m"), off, off, off, served.time());
        tries.byUnknown("a");
        tries.byKnown("b", "device");
        tries.signUp();

        refused(Problem.TOO_MANY_REQUESTS, () -> tries.byUnknown("c"));
        refused(Problem.TOO_MANY_REQUESTS, () -> tries.byKnown("d", "device"));
        refused(Problem.TOO_MANY_REQUESTS, tries::signUp);
    }
}
