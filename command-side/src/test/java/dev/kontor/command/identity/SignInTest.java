package dev.kontor.command.identity;

import static dev.kontor.command.identity.ServedAccounts.PASSWORD;
import static dev.kontor.command.identity.ServedAccounts.refusal;
import static dev.kontor.command.identity.ServedAccounts.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.AccountCommand.DeactivateAccount;
import dev.kontor.api.identity.CredentialsEvent.VerifierUpgraded;
import dev.kontor.api.identity.SessionEvent.SessionOpened;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Written;
import dev.kontor.proto.identity.SignInRequest;
import dev.kontor.proto.identity.SignUpRequest;
import dev.kontor.proto.identity.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInTest extends WithServedAccounts {

    private static final String ANNA = "anna@example.com";

    private CustomerId anna() {
        CustomerId anna = served.open(ANNA, Role.CUSTOMER);
        served.written();
        served.encoder().costs();
        return anna;
    }

    private <T> List<T> written(Class<T> type) {
        return served.written().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Test
    void tokens_are_of_one_session() {
        CustomerId anna = anna();

        Tokens tokens = served.signIn("ANNA@example.com");

        Caller caller = served.callerOf(tokens);
        RefreshToken refreshToken = RefreshToken.parse(tokens.getRefreshToken()).orElseThrow();
        SessionOpened opened = written(SessionOpened.class).getFirst();
        assertThat(caller.customerId()).isEqualTo(anna.value());
        assertThat(caller.role()).isEqualTo("CUSTOMER");
        assertThat(caller.tokenVersion()).isEqualTo(1);
        assertThat(caller.sessionId())
                .isEqualTo(refreshToken.sessionId().value())
                .isEqualTo(opened.sessionId().value());
        assertThat(opened.refreshHash()).isEqualTo(refreshToken.hash());
        assertThat(tokens.getExpiresInSeconds()).isEqualTo(900);
    }

    @Test
    void a_device_s_name_is_sealed_and_bounded() {
        CustomerId anna = anna();
        SignInRequest request = SignInRequest.newBuilder()
                .setEmail(ANNA)
                .setPassword(PASSWORD)
                .setDevice("Anna's\u0000 phone\n" + "é".repeat(500))
                .build();

        served.<Tokens>withoutToken(answer -> served.identity().signIn(request, answer));
        served.signIn(ANNA);

        List<SessionOpened> opened = written(SessionOpened.class);
        assertThat(opened)
                .extracting(session -> served.personalData()
                        .unseal(anna, Field.DEVICE, session.device())
                        .orElseThrow())
                .containsExactly("Anna's phone" + "é".repeat(188), "");
    }

    @Test
    void an_older_account_keeps_an_address_that_new_ones_are_refused() {
        String hidden = "an\u200Bna@example.com";
        CustomerId anna = served.open(hidden, Role.CUSTOMER);

        assertThat(served.callerOf(served.signIn(" AN\u200BNA@example.com")).customerId())
                .isEqualTo(anna.value());
        refused(Problem.EMAIL_TAKEN, () -> served.open(hidden, Role.CUSTOMER));
    }

    @ParameterizedTest
    @CsvSource({"an\u200Bna@example.com, Anna, email", "anna@example.com, An\u202Ena, name"})
    void a_sign_up_with_invisible_characters_is_refused(String email, String name, String field) {
        SignUpRequest request = SignUpRequest.newBuilder()
                .setEmail(email)
                .setPassword(PASSWORD)
                .setName(name)
                .build();

        RefusedException refusal = refusal(
                Problem.INVALID_REQUEST,
                () -> served.<Written>withoutToken(answer -> served.identity().signUp(request, answer)));

        assertThat(refusal.violations())
                .extracting(RefusedException.Violation::field, RefusedException.Violation::message)
                .containsExactly(tuple(field, "must not hold invisible or unknown characters"));
        assertThat(served.written()).isEmpty();
    }

    @Test
    void a_refused_sign_in_does_not_reveal_the_reason() {
        CustomerId deactivated = served.open("bert@example.com", Role.CUSTOMER);
        served.commands().send(new DeactivateAccount(deactivated));
        anna();
        served.written();

        List<RefusedException> refusals = List.of(
                refusal(Problem.BAD_CREDENTIALS, () -> served.signIn(ANNA, "wrong")),
                refusal(Problem.BAD_CREDENTIALS, () -> served.signIn("nobody@example.com")),
                refusal(Problem.BAD_CREDENTIALS, () -> served.signIn("bert@example.com")),
                refusal(Problem.BAD_CREDENTIALS, () -> served.signIn("no e-mail")),
                refusal(Problem.BAD_CREDENTIALS, () -> served.signIn("", "")));

        assertThat(refusals).extracting(RefusedException::detail).containsOnly(Problem.BAD_CREDENTIALS.title());
        assertThat(served.encoder().costs()).as("one hash each").isEqualTo(refusals.size());
        assertThat(served.written()).as("events of refused sign-ins").isEmpty();
    }

    @Test
    void a_sign_in_replaces_a_hash_with_older_parameters() {
        CustomerId anna = anna();
        Tokens before = served.signIn(ANNA);
        served.encoder().strengthen();
        served.written();

        served.signIn(ANNA);
        served.settle();

        VerifierUpgraded upgraded = written(VerifierUpgraded.class).getFirst();
        assertThat(served.personalData().unseal(anna, Field.VERIFIER, upgraded.verifier()))
                .hasValueSatisfying(hash -> assertThat(hash).startsWith("2:"));
        assertThat(served.refresh(before.getRefreshToken()).getAccessToken()).isNotEmpty();
        served.signIn(ANNA);
        served.settle();
        assertThat(written(VerifierUpgraded.class)).as("the second time").isEmpty();
    }

    @Test
    void a_wrong_password_upgrades_nothing() {
        anna();
        served.encoder().strengthen();

        refused(Problem.BAD_CREDENTIALS, () -> served.signIn(ANNA, "wrong"));
        served.settle();

        assertThat(written(VerifierUpgraded.class)).isEmpty();
    }

    @Test
    void a_customer_signs_up_and_signs_in() {
        SignUpRequest request = SignUpRequest.newBuilder()
                .setEmail(ANNA)
                .setPassword(PASSWORD)
                .setName("Anna")
                .build();

        Written written = served.withoutToken(answer -> served.identity().signUp(request, answer));

        assertThat(written.getVersion()).isZero();
        assertThat(served.callerOf(served.signIn(ANNA)).customerId()).isEqualTo(written.getId());
        refused(
                Problem.EMAIL_TAKEN,
                () -> served.<Written>withoutToken(answer -> served.identity().signUp(request, answer)));
    }

    @Test
    void a_hundred_sign_ups_with_one_e_mail_cost_one_hash_and_leave_one_key() throws Exception {
        int keysBefore = served.keyRing().kept().size();
        AtomicInteger taken = new AtomicInteger();
        List<Future<?>> signIns = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                signIns.add(threads.submit(() -> {
                    try {
                        served.open(ANNA, Role.CUSTOMER);
                    } catch (RefusedException refused) {
                        assertThat(refused.problem()).isEqualTo(Problem.EMAIL_TAKEN);
                        taken.incrementAndGet();
                    }
                }));
            }
        }
        for (Future<?> one : signIns) {
            one.get();
        }

        assertThat(taken).hasValue(99);
        assertThat(served.encoder().costs()).isEqualTo(1);
        assertThat(served.keyRing().kept()).hasSize(keysBefore + 1);
    }

    @Test
    void no_written_event_contains_a_password_or_a_secret() {
        anna();
        Tokens tokens = served.signIn(ANNA);
        Tokens next = served.refresh(tokens.getRefreshToken());

        String log = served.logged().stored();

        assertThat(log)
                .contains("SessionRefreshed")
                .doesNotContain(
                        PASSWORD,
                        ANNA,
                        tokens.getRefreshToken().substring(37),
                        next.getRefreshToken().substring(37),
                        tokens.getAccessToken());
    }
}
