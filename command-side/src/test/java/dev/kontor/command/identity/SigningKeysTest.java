package dev.kontor.command.identity;

import static dev.kontor.command.platform.Scenario.NOON;

import dev.kontor.api.Refusal;
import dev.kontor.api.identity.SigningKeyCommand.AddSigningKey;
import dev.kontor.api.identity.SigningKeyCommand.ReadSigningKeys;
import dev.kontor.api.identity.SigningKeyCommand.RevokeSigningKey;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyAdded;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyRevoked;
import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.command.platform.Scenario;
import org.junit.jupiter.api.Test;

class SigningKeysTest {

    private static final SigningKeyAdded FIRST = new SigningKeyAdded("first", "Zmlyc3Q=", NOON);
    private static final SigningKeyAdded SECOND = new SigningKeyAdded("second", "c2Vj", NOON.plusSeconds(10));
    private static final SigningKeyAdded SUCCESSOR = new SigningKeyAdded("third", "dGhpcmQ=", NOON.plusSeconds(20));
    private static final SigningKeyList ONE = SigningKeyList.EMPTY.with("first", "Zmlyc3Q=", NOON);
    private static final SigningKeyList TWO = ONE.with("second", "c2Vj", NOON.plusSeconds(10));

    private final Scenario<SigningKeys> keys = Scenario.of(SigningKeys.class);

    private static AddSigningKey add(SigningKeyAdded key, String newest) {
        return new AddSigningKey(key.kid(), key.publicKey(), key.activeFrom(), newest);
    }

    private static RevokeSigningKey revoke(String kid) {
        return new RevokeSigningKey(kid, SUCCESSOR.kid(), SUCCESSOR.publicKey());
    }

    @Test
    void the_first_key_begins_the_list() {
        keys.when(add(FIRST, null)).then(FIRST).answering(ONE);
    }

    @Test
    void a_key_is_added_to_those_it_was_decided_on() {
        keys.given(FIRST).when(add(SECOND, "first")).then(SECOND).answering(TWO);
    }

    @Test
    void of_two_processes_that_add_a_key_at_once_one_does() {
        keys.given(FIRST, SECOND).when(add(SUCCESSOR, "first")).thenNothing().answering(TWO);
        Scenario.of(SigningKeys.class)
                .given(FIRST)
                .when(add(SECOND, null))
                .thenNothing()
                .answering(ONE);
    }

    @Test
    void a_key_is_added_once() {
        keys.given(FIRST, SECOND).when(add(SECOND, "second")).thenNothing().answering(TWO);
    }

    @Test
    void the_list_is_read_without_an_event() {
        keys.given(FIRST, SECOND).when(new ReadSigningKeys()).thenNothing().answering(TWO);
    }

    @Test
    void without_a_list_there_is_none_to_read() {
        keys.when(new ReadSigningKeys()).thenUnknown();
    }

    @Test
    void in_place_of_a_revoked_key_that_signed_another_signs_at_once() {
        keys.given(FIRST, SECOND)
                .at(SUCCESSOR.activeFrom())
                .when(revoke("second"))
                .then(new SigningKeyRevoked("second"), SUCCESSOR);
    }

    @Test
    void a_key_that_signs_no_more_or_not_yet_needs_no_successor() {
        keys.given(FIRST, SECOND)
                .at(SUCCESSOR.activeFrom())
                .when(revoke("first"))
                .then(new SigningKeyRevoked("first"));
        Scenario.of(SigningKeys.class)
                .given(FIRST, SECOND)
                .at(NOON.plusSeconds(9))
                .when(revoke("second"))
                .then(new SigningKeyRevoked("second"));
    }

    @Test
    void a_future_key_does_not_replace_a_revoked_one() {
        keys.given(FIRST, SECOND)
                .at(NOON.plusSeconds(5))
                .when(revoke("first"))
                .then(
                        new SigningKeyRevoked("first"),
                        new SigningKeyAdded(SUCCESSOR.kid(), SUCCESSOR.publicKey(), NOON.plusSeconds(5)));
    }

    @Test
    void a_key_is_revoked_once() {
        keys.given(FIRST, SECOND, new SigningKeyRevoked("first"))
                .at(SUCCESSOR.activeFrom())
                .when(revoke("first"))
                .thenNothing();
    }

    @Test
    void an_unknown_key_cannot_be_revoked() {
        keys.given(FIRST).when(revoke("other")).thenRefused(new Refusal.Unknown());
    }
}
