package dev.kontor.command.identity;

import static dev.kontor.command.identity.ServedAccounts.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.kontor.api.Refusal;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.identity.EmailCommand.FindEmailOwner;
import dev.kontor.api.identity.SignUp;
import dev.kontor.command.operations.Refusing;
import dev.kontor.command.operations.ScriptedAggregates;
import dev.kontor.wire.operations.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private final MemoryKeyRing keyRing = new MemoryKeyRing();
    private final PersonalData personalData = new PersonalData(keyRing, new byte[32]);
    private final PasswordHashing hashing = new PasswordHashing(new CountingEncoder(), 1, 1);
    private final ScriptedAggregates aggregates = new ScriptedAggregates();
    private final Accounts accounts =
            new Accounts(aggregates.commands(), new EmailHash(keyRing, new byte[32]), hashing, personalData);

    @AfterEach
    void close() {
        hashing.close();
    }

    /** To destroy it would cost a rewrite of the whole key ring, for whoever likes to sign up in vain. */
    @Test
    void who_loses_the_race_for_an_e_mail_leaves_no_key_and_no_trace_of_one() {
        aggregates.answer(FindEmailOwner.class, email -> null).answer(SignUp.class, signUp -> {
            throw Refusing.with(new Refusal.EmailTaken());
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
}
