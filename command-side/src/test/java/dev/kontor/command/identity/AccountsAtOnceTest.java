package dev.kontor.command.identity;

import static dev.kontor.command.platform.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.Refusal;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.AccountCommand.AssignRole;
import dev.kontor.api.identity.AccountCommand.ChangeAccount;
import dev.kontor.api.identity.AccountCommand.DeactivateAccount;
import dev.kontor.api.identity.AccountCommand.EmailChange;
import dev.kontor.api.identity.AccountCommand.EraseAccount;
import dev.kontor.api.identity.AccountCommand.Refresh;
import dev.kontor.api.identity.AccountCommand.SignIn;
import dev.kontor.api.identity.AdminsEvent.AdminAppointed;
import dev.kontor.api.identity.AdminsEvent.AdminDismissed;
import dev.kontor.api.identity.Admission;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.EmailEvent.EmailClaimed;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.identity.SessionEnd;
import dev.kontor.api.identity.SessionEvent.SessionOpened;
import dev.kontor.api.identity.SessionEvent.SessionRevoked;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.SignUp;
import dev.kontor.api.identity.TokenHash;
import dev.kontor.api.ids.CustomerId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandExecutionException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Concurrent commands to the same accounts. */
@Timeout(60)
class AccountsAtOnceTest extends WithLoggedAccounts {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final CustomerId BERT = CustomerId.mint();
    private static final EmailKey ANNAS = new EmailKey("anna");
    private static final EmailKey BERTS = new EmailKey("bert");
    private static final SessionId SESSION = SessionId.mint();
    private static final Sealed SEALED = new Sealed("c2VhbGVk");
    private static final Sealed OTHER = new Sealed("b3RoZXI=");
    private static final TokenHash FIRST = new TokenHash("first");
    private static final String REFUSED = "refused";

    private void given(CustomerId customer, EmailKey email, Role role) {
        accounts.given(
                new EmailClaimed(email, customer),
                new VerifierSet(customer, SEALED, 1),
                new CustomerRegistered(customer, SEALED, SEALED, role));
        if (role == Role.ADMIN) {
            accounts.given(new AdminAppointed(customer));
        }
    }

    /** The answers in order; for a refused command its refusal. */
    private List<Object> atOnce(List<?> commands) throws Exception {
        CyclicBarrier start = new CyclicBarrier(commands.size());
        List<Future<Object>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            commands.forEach(command -> answers.add(threads.submit(() -> {
                start.await();
                return accounts.<Object>send(command);
            })));
        }
        List<Object> outcomes = new ArrayList<>();
        for (Future<Object> answer : answers) {
            outcomes.add(outcome(answer));
        }
        return outcomes;
    }

    private static Object outcome(Future<Object> answer) throws InterruptedException {
        try {
            Object answered = answer.get();
            return answered == null ? REFUSED : answered;
        } catch (ExecutionException e) {
            return ((CommandExecutionException) e.getCause()).getDetails().orElseThrow();
        }
    }

    @RepeatedTest(20)
    void of_two_uses_of_one_refresh_token_one_wins_and_the_other_ends_the_session() throws Exception {
        given(ANNA, ANNAS, Role.CUSTOMER);
        accounts.given(new SessionOpened(SESSION, ANNA, 1, FIRST, NOON.plusSeconds(60), SEALED));

        List<Object> answers = atOnce(List.of(
                new Refresh(SESSION, FIRST, new TokenHash("second"), true),
                new Refresh(SESSION, FIRST, new TokenHash("third"), true)));

        assertThat(answers).containsExactlyInAnyOrder(new Admission(ANNA, Role.CUSTOMER, 1), REFUSED);
        assertThat(accounts.written())
                .hasSize(2)
                .last()
                .isEqualTo(new SessionRevoked(SESSION, ANNA, SessionEnd.TOKEN_REUSED));
    }

    @RepeatedTest(20)
    void of_the_last_two_admins_that_leave_at_once_one_stays() throws Exception {
        given(ANNA, ANNAS, Role.ADMIN);
        given(BERT, BERTS, Role.ADMIN);

        List<Object> answers = atOnce(List.of(new AssignRole(ANNA, Role.CUSTOMER), new DeactivateAccount(BERT)));

        assertThat(answers).containsOnlyOnce(new Refusal.LastAdmin());
        assertThat(accounts.written())
                .hasSize(3)
                .filteredOn(AdminDismissed.class::isInstance)
                .hasSize(1);
    }

    @Test
    void of_100_claims_to_one_e_mail_one_succeeds() throws Exception {
        List<SignUp> claims = IntStream.range(0, 100)
                .mapToObj(i -> new SignUp(ANNAS, CustomerId.mint(), SEALED, SEALED, SEALED, Role.CUSTOMER))
                .toList();

        List<Object> answers = atOnce(claims);

        assertThat(answers).containsOnlyOnce(0L);
        assertThat(answers).filteredOn(answer -> !answer.equals(0L)).hasSize(99).containsOnly(new Refusal.EmailTaken());
        assertThat(accounts.written()).hasSize(3);
    }

    @RepeatedTest(20)
    void two_accounts_that_claim_each_other_s_e_mail_do_not_deadlock() throws Exception {
        given(ANNA, ANNAS, Role.CUSTOMER);
        given(BERT, BERTS, Role.CUSTOMER);

        List<Object> answers = atOnce(List.of(
                new ChangeAccount(ANNA, SEALED, new EmailChange(ANNAS, BERTS, OTHER), null),
                new ChangeAccount(BERT, SEALED, new EmailChange(BERTS, ANNAS, OTHER), null)));

        assertThat(answers).containsOnly(new Refusal.EmailTaken());
        assertThat(accounts.written()).isEmpty();
    }

    @RepeatedTest(10)
    void simultaneous_changes_of_an_account_happen_one_after_the_other() throws Exception {
        given(ANNA, ANNAS, Role.ADMIN);
        given(BERT, BERTS, Role.ADMIN);
        accounts.given(new SessionOpened(SESSION, ANNA, 1, FIRST, NOON.plusSeconds(60), SEALED));

        List<Object> answers = atOnce(List.of(
                new SignIn(ANNA, 1, SessionId.mint(), FIRST, SEALED),
                new Refresh(SESSION, FIRST, new TokenHash("second"), true),
                new AssignRole(ANNA, Role.CUSTOMER),
                new ChangeAccount(ANNA, SEALED, null, OTHER),
                new EraseAccount(ANNA, SEALED, ANNAS),
                new DeactivateAccount(BERT)));

        assertThat(answers).hasSize(6);
        assertThat(accounts.written())
                .filteredOn(AdminDismissed.class::isInstance)
                .hasSize(1);
    }
}
