package dev.kontor.audit.platform;

import static dev.kontor.audit.platform.ShopAccounts.DESKTOP;
import static dev.kontor.audit.platform.ShopAccounts.PHONE;
import static dev.kontor.audit.platform.ShopAccounts.TABLET;
import static dev.kontor.audit.platform.ShopEvents.ANNA;
import static dev.kontor.audit.platform.ShopEvents.BERT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.kontor.audit.Invariant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** The clean history with one violation in it: accounts, credentials, admins, sessions and keys. */
class AccountViolationsTest extends ViolationsOfLog {

    static Stream<Arguments> violations() {
        return Stream.of(accounts(), credentials(), admins(), sessions(), keys(), requests())
                .flatMap(all -> all);
    }

    private static Stream<Arguments> accounts() {
        Invariant accounts = Invariant.ACCOUNTS;
        return Stream.of(
                with(
                        accounts,
                        "while it belongs to customer",
                        "an e-mail claimed by two",
                        story -> story.repeat(story.find("EmailClaimed", BERT), story.find("SignInSucceeded"))
                                .rewrite(story.find("EmailClaimed", BERT), BERT, ANNA)),
                with(
                        accounts,
                        "who does not have it",
                        "an e-mail released by another customer",
                        story -> story.rewrite(story.find("EmailReleased", BERT), BERT, ANNA)),
                with(
                        accounts,
                        "has no account",
                        "an e-mail without an account",
                        story -> story.rewrite(story.find("EmailClaimed", ANNA), ANNA, ShopEvents.id("0c"))),
                with(
                        accounts,
                        "has 2 e-mails, must have one",
                        "a new e-mail while the old one is kept",
                        story -> story.forget(story.find("EmailReleased", ANNA))),
                with(
                        accounts,
                        "has 0 e-mails, must have one",
                        "the old e-mail released without a new one",
                        story -> story.forget(story.find("EmailClaimed", "new-0a"))),
                with(
                        accounts,
                        "has 1 e-mails, must have none, being erased",
                        "an e-mail that outlives its customer",
                        story -> story.forget(story.find("EmailReleased", BERT))),
                with(
                        accounts,
                        "is erased and can sign in",
                        "credentials that outlive their customer",
                        story -> story.forget(story.find("CredentialsClosed"))),
                with(
                        accounts,
                        "account that is ERASED",
                        "a life after erasure",
                        story -> story.repeat(story.find("CustomerErased"), story.size())),
                with(
                        accounts,
                        "account that is DEACTIVATED",
                        "a change after deactivation",
                        story -> story.repeat(story.find("RoleGranted"), story.find("CustomerErased"))
                                .rewrite(story.find("CustomerErased") - 1, ANNA, BERT)
                                .move(story.find("CustomerErased") - 1, BERT)),
                with(
                        accounts,
                        "customer.CustomerReactivated cannot happen to an account that is ACTIVE",
                        "opened again while it is open",
                        story -> story.repeat(story.find("CustomerReactivated"), story.find("CustomerReactivated"))));
    }

    private static Stream<Arguments> credentials() {
        Invariant accounts = Invariant.ACCOUNTS;
        return Stream.of(
                with(
                        accounts,
                        "allow a sign-in by verifier 2",
                        "signed in by a password that does not count",
                        story -> story.rewrite(story.find("SignInSucceeded"), ":1}", ":2}")),
                with(
                        accounts,
                        "allow a sign-in by verifier 2 while verifier 2 counts and they are suspended",
                        "signed in while deactivated",
                        story -> story.forget(story.find("CredentialsReopened"))),
                with(
                        accounts,
                        "allow a sign-in by verifier 2 while verifier 3 counts and they are closed",
                        "signed in after the end",
                        story -> story.repeat(story.find("SignInSucceeded", BERT), story.size())),
                with(
                        accounts,
                        "are opened again while verifier 2 counts and they are open",
                        "opened again without having been suspended",
                        story -> story.rewrite(
                                story.find("TokensRevoked", BERT), "DEACTIVATED", "SIGNED_OUT_EVERYWHERE")),
                with(
                        accounts,
                        "void all tokens below version 3 while verifier 1",
                        "a version that is left out",
                        story -> story.rewrite(story.find("TokensRevoked", ANNA), ":2,", ":3,")),
                with(
                        accounts,
                        "void all tokens below version 1 while verifier 1",
                        "a revocation that voids nothing",
                        story -> story.rewrite(story.find("TokensRevoked", ANNA), ":2,", ":1,")),
                with(
                        accounts,
                        "have verifier 2 upgraded while verifier 1",
                        "an upgrade that counts as a change",
                        story -> story.rewrite(story.find("VerifierUpgraded"), ":1}", ":2}")),
                with(
                        accounts,
                        "are closed again",
                        "closed twice",
                        story -> story.repeat(story.find("CredentialsClosed"), story.size())));
    }

    private static Stream<Arguments> admins() {
        Invariant accounts = Invariant.ACCOUNTS;
        return Stream.of(
                with(
                        accounts,
                        "is an admin and not on the list",
                        "a role without a place on the list",
                        story -> story.forget(story.find("AdminAppointed", ANNA))),
                with(
                        accounts,
                        "is on the list of admins and none that is active",
                        "a place on the list without the role",
                        story -> story.rewrite(story.find("RoleGranted", ANNA), "ADMIN", "CUSTOMER")),
                with(
                        accounts,
                        "is on the list of admins and none that is active",
                        "an erased admin",
                        story -> story.forget(story.findLast("AdminDismissed", BERT))),
                with(
                        accounts,
                        "is an admin and not on the list",
                        "dismissed and still an admin",
                        story -> story.forget(story.findLast("AdminAppointed", BERT))),
                with(
                        accounts,
                        "was the last admin and is dismissed",
                        "a shop without an admin",
                        story -> story.forget(story.find("AdminAppointed", ANNA))),
                with(
                        accounts,
                        "is appointed an admin again",
                        "appointed twice",
                        story -> story.repeat(story.find("AdminAppointed", ANNA), story.find("AdminAppointed", ANNA))),
                with(
                        accounts,
                        "is dismissed as an admin, but is not on the list",
                        "dismissed twice",
                        story -> story.repeat(story.find("AdminDismissed", BERT), story.find("AdminDismissed", BERT))));
    }

    private static Stream<Arguments> sessions() {
        Invariant sessions = Invariant.SESSIONS;
        return Stream.of(
                with(
                        sessions,
                        "is opened again",
                        "opened twice",
                        story -> story.repeat(story.find("SessionOpened", PHONE), story.find("SessionOpened", PHONE))),
                with(
                        sessions,
                        "is opened under version 1 of the credentials while verifier 2",
                        "opened by what does not count any more",
                        story -> story.rewrite(story.find("SessionOpened", TABLET), "\"version\":2", "\"version\":1")),
                with(
                        sessions,
                        "is opened under version 3 of the credentials while verifier 3 counts and they are closed",
                        "opened for no customer",
                        story -> story.repeat(story.find("SessionOpened", TABLET), story.size())
                                .rewrite(story.size() - 1, ANNA, BERT)
                                .rewrite(story.size() - 1, TABLET, ShopEvents.id("54"))
                                .rewrite(story.size() - 1, "\"version\":2", "\"version\":3")
                                .move(story.size() - 1, ShopEvents.id("54"))),
                with(
                        sessions,
                        "was never opened",
                        "refreshed out of nothing",
                        story -> story.forget(story.find("SessionOpened", DESKTOP))),
                with(
                        sessions,
                        "is refreshed after it was revoked",
                        "refreshed after the end",
                        story -> story.repeat(
                                        story.find("SessionRevoked", PHONE), story.find("SessionRefreshed", DESKTOP))
                                .rewrite(story.find("SessionRevoked", PHONE), PHONE, DESKTOP)
                                .move(story.find("SessionRevoked", DESKTOP), DESKTOP)),
                with(
                        sessions,
                        "is refreshed after its end at 2026-03-01T11:58:00Z",
                        "refreshed past its end",
                        story -> story.rewrite(
                                story.find("SessionOpened", DESKTOP), ShopAccounts.NEXT_MONTH, "2026-03-01T11:58:00Z")),
                with(
                        sessions,
                        "is refreshed under version 1 of the credentials while verifier 2",
                        "refreshed by what does not count any more",
                        story -> story.repeat(story.find("SessionRefreshed"), story.size())),
                with(
                        sessions,
                        "belongs to customer " + ANNA,
                        "a session that changes hands",
                        story -> story.rewrite(story.find("SessionRefreshed"), ANNA, BERT)),
                with(
                        sessions,
                        "is revoked again",
                        "revoked twice",
                        story -> story.repeat(story.find("SessionRevoked"), story.size())));
    }

    private static Stream<Arguments> requests() {
        Invariant requests = Invariant.REQUESTS;
        return Stream.of(
                with(
                        requests,
                        "has its effect again",
                        "a second effect of a key",
                        story -> story.repeat(story.find("RequestExecuted"), story.size())),
                with(
                        requests,
                        "has no fingerprint",
                        "an effect of any request",
                        story -> story.rewrite(story.find("RequestExecuted"), "\"f\"", "\"\"")),
                with(
                        requests,
                        "is answered before it has an effect",
                        "an answer without an effect",
                        story -> story.forget(story.find("RequestExecuted"))),
                with(
                        requests,
                        "is answered again",
                        "a second answer",
                        story -> story.repeat(story.find("RequestAnswered"), story.size())),
                with(
                        requests,
                        "is answered with 503, which is not final",
                        "an answer that may change",
                        story -> story.rewrite(story.find("RequestAnswered"), "201", "503")),
                with(
                        requests,
                        "is sealed for no customer",
                        "an answer that no erasure closes",
                        story -> story.rewrite(story.find("RequestAnswered"), "\"" + ANNA + "\"", "")));
    }

    private static Stream<Arguments> keys() {
        Invariant sessions = Invariant.SESSIONS;
        return Stream.of(
                with(
                        sessions,
                        "key k1 is added again",
                        "a key that comes back",
                        story -> story.rewrite(story.find("SigningKeyAdded", "k2"), "k2", "k1")),
                with(
                        sessions,
                        "key k9 is revoked and was never added",
                        "a key out of nowhere",
                        story -> story.rewrite(story.find("SigningKeyRevoked"), "k1", "k9")),
                with(
                        sessions,
                        "key k1 is revoked again",
                        "a key revoked twice",
                        story -> story.repeat(story.find("SigningKeyRevoked"), story.size())));
    }

    @Test
    void an_admin_from_before_the_list_is_added_to_it_later() {
        EventHistory story = ShopEvents.tell();
        int place = story.find("AdminAppointed", BERT);
        story.repeat(place, story.find("SessionOpened", DESKTOP) + 1).forget(place);
        assertThat(new Audit(story, null, line -> {}).run().violations()).isEmpty();

        story.endAfter(story.find("SessionOpened", DESKTOP));
        assertThat(new Audit(story, null, line -> {}).run().violations()).isEmpty();
    }

    @Test
    void a_refresh_in_the_last_moment_may_be_stamped_a_little_later() {
        EventHistory story = ShopEvents.tell();
        story.rewrite(story.find("SessionOpened", DESKTOP), ShopAccounts.NEXT_MONTH, "2026-03-01T12:00:00Z");

        assertThat(new Audit(story, null, line -> {}).run().violations()).isEmpty();
    }

    private static List<String> violationsWith(String... keys) {
        return new Audit(ShopEvents.tell(), null, line -> {})
                .with(reader -> Stream.of(keys).forEach(reader)).run().violations().stream()
                        .map(violation -> violation.subject() + " " + violation.detail())
                        .toList();
    }

    @Test
    void an_account_without_a_key_is_found_unless_it_was_erased() {
        String keyOfAnna = "customer/" + ANNA;

        assertThat(violationsWith("email", keyOfAnna, "signing/abc")).isEmpty();
        assertThat(violationsWith("email", "customer/" + BERT, "signing/abc"))
                .singleElement(STRING)
                .startsWith("Customer " + ANNA + " has no key and was not erased");
    }
}
