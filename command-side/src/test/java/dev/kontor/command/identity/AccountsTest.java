package dev.kontor.command.identity;

import static dev.kontor.command.identity.ServedAccounts.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.Refusal;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.MemoryKeyRing;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.AdminsCommand.IsThereAnAdmin;
import dev.kontor.api.identity.AdminsEvent.AdminAppointed;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.identity.EmailCommand.FindEmailOwner;
import dev.kontor.api.identity.EmailEvent.EmailClaimed;
import dev.kontor.api.identity.SignUp;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.customer.EmailHash;
import dev.kontor.command.platform.CommandRefusals;
import dev.kontor.command.platform.LostAnswers;
import dev.kontor.command.platform.ScriptedAggregates;
import dev.kontor.grpc.platform.OutcomeUnknownException;
import dev.kontor.grpc.platform.Problem;
import io.grpc.Context;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {

    private final MemoryKeyRing keyRing = new MemoryKeyRing();
    private final PersonalData personalData = new PersonalData(keyRing, new byte[32]);
    private final PasswordHashing hashing = new PasswordHashing(new CountingEncoder(), "none", 1, 1);
    private final ScriptedAggregates aggregates = new ScriptedAggregates();
    private final Accounts accounts =
            new Accounts(aggregates.commands(), new EmailHash(keyRing, new byte[32]), hashing, personalData);

    @AfterEach
    void close() {
        hashing.close();
    }

    /** Its destruction would rewrite the whole key ring for every refused sign-up. */
    @Test
    void a_sign_up_that_loses_the_race_for_an_e_mail_leaves_no_key() {
        aggregates.answer(FindEmailOwner.class, email -> null).answer(SignUp.class, signUp -> {
            throw CommandRefusals.with(new Refusal.EmailTaken());
        });

        refused(
                Problem.EMAIL_TAKEN,
                () -> accounts.open(new EmailAddress("anna@example.com"), "password", "Anna", Role.CUSTOMER));

        SignUp lost = (SignUp) aggregates.sent().getLast();
        assertThat(personalData.unseal(lost.customerId(), Field.EMAIL, lost.email()))
                .isEmpty();
        assertThatCode(() -> personalData.seal(lost.customerId(), Field.NAME, "not destroyed"))
                .doesNotThrowAnyException();
    }

    private CustomerId open() {
        return accounts.open(new EmailAddress("anna@example.com"), "password", "Anna", Role.CUSTOMER);
    }

    @Test
    void without_an_answer_it_is_unknown_whether_an_e_mail_is_free_or_there_is_an_admin() {
        aggregates.loseAnswersTo(FindEmailOwner.class).loseAnswersTo(IsThereAnAdmin.class);

        assertThatThrownBy(() -> accounts.exists(new EmailAddress("anna@example.com")))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(accounts::hasAdmin).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void a_cancelled_sign_up_leaves_the_key_of_the_account_that_may_be_open() throws Exception {
        aggregates.answer(FindEmailOwner.class, email -> null).loseAnswersTo(SignUp.class);

        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
                Context.CancellableContext call = Context.ROOT.withDeadlineAfter(2, TimeUnit.SECONDS, timer)) {
            assertThatThrownBy(() -> call.call(this::open)).isInstanceOf(OutcomeUnknownException.class);
        }

        List<SignUp> asked = aggregates.sent().stream()
                .filter(SignUp.class::isInstance)
                .map(SignUp.class::cast)
                .toList();
        assertThat(asked).hasSizeGreaterThan(1);
        assertThat(asked.stream().map(SignUp::customerId).distinct()).hasSize(1);
        SignUp last = asked.getLast();
        assertThat(personalData.unseal(last.customerId(), Field.EMAIL, last.email()))
                .contains("anna@example.com");
    }

    @Test
    void an_account_whose_answer_was_lost_is_open_once_and_can_be_read(@TempDir Path folder) {
        LostAnswers lost = LostAnswers.firstTo(SignUp.class);
        try (LoggedAccounts logged = new LoggedAccounts(folder)) {
            Accounts opening = new Accounts(
                    logged.aggregates().commands(lost), new EmailHash(keyRing, new byte[32]), hashing, personalData);

            CustomerId anna = opening.open(new EmailAddress("anna@example.com"), "password", "Anna", Role.ADMIN);

            assertThat(lost.lost()).isOne();
            List<Object> written = logged.written();
            assertThat(written)
                    .hasExactlyElementsOfTypes(
                            EmailClaimed.class, VerifierSet.class, CustomerRegistered.class, AdminAppointed.class);
            CustomerRegistered registered = (CustomerRegistered) written.get(2);
            assertThat(registered.customerId()).isEqualTo(anna);
            assertThat(personalData.unseal(anna, Field.EMAIL, registered.email()))
                    .contains("anna@example.com");
        }
    }
}
