package dev.kontor.api.identity;

import static dev.kontor.api.identity.SigningKeyList.State.ACTIVE;
import static dev.kontor.api.identity.SigningKeyList.State.NEXT;
import static dev.kontor.api.identity.SigningKeyList.State.RETIRED;
import static dev.kontor.api.identity.SigningKeyList.State.RETIRING;
import static dev.kontor.api.identity.SigningKeyList.State.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigningKeyListTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LIFETIME = Duration.ofMinutes(15);
    /** The first signs from noon on, the second from ten seconds later. */
    private static final SigningKeyList TWO =
            SigningKeyList.EMPTY.with("first", "", NOON).with("second", "", at(10));

    private static Instant at(long seconds) {
        return NOON.plusSeconds(seconds);
    }

    private static List<SigningKeyList.State> states(SigningKeyList list, Instant now) {
        return list.keys().stream().map(key -> list.stateOf(key, now, LIFETIME)).toList();
    }

    @Test
    void a_key_signs_from_its_time_on() {
        assertThat(states(TWO, NOON)).containsExactly(ACTIVE, NEXT);
        assertThat(states(TWO, at(10).minusNanos(1))).containsExactly(ACTIVE, NEXT);
    }

    /** A clock was ahead when the keys were made: one of them must sign. */
    @Test
    void if_no_key_s_time_has_come_the_first_signs() {
        assertThat(states(TWO, NOON.minusNanos(1))).containsExactly(ACTIVE, NEXT);
        assertThat(TWO.signers(NOON.minusNanos(1))).isEqualTo(TWO.keys());
        assertThat(TWO.signers(NOON)).isEqualTo(TWO.keys());
        assertThat(TWO.signers(at(10))).containsExactly(TWO.keys().getLast());
        assertThat(states(TWO.withRevoked("first", NOON.minusSeconds(10)), NOON.minusSeconds(5)))
                .containsExactly(REVOKED, ACTIVE);
        assertThat(SigningKeyList.EMPTY.signers(NOON)).isEmpty();
    }

    @Test
    void a_replaced_key_is_valid_until_its_tokens_have_expired_and_a_minute_more() {
        Instant end = at(10).plus(LIFETIME).plusSeconds(60);

        assertThat(states(TWO, at(10))).containsExactly(RETIRING, ACTIVE);
        assertThat(states(TWO, end.minusNanos(1))).containsExactly(RETIRING, ACTIVE);
        assertThat(states(TWO, end)).containsExactly(RETIRED, ACTIVE);
        assertThat(states(TWO, end.plus(Duration.ofDays(3_650)))).containsExactly(RETIRED, ACTIVE);
    }

    @Test
    void a_revoked_key_is_invalid_and_no_older_one_replaces_it() {
        SigningKeyList revoked = TWO.withRevoked("second", at(20));

        assertThat(states(revoked, at(20))).containsExactly(RETIRING, REVOKED);
        assertThat(revoked.active(at(20))).isEmpty();
    }

    @Test
    void a_key_that_retired_does_not_come_back_when_its_successor_is_revoked() {
        SigningKeyList much = TWO.withRevoked("second", at(100_000)).with("third", "", at(100_000));

        assertThat(states(much, at(100_000))).containsExactly(RETIRED, REVOKED, ACTIVE);
    }

    @Test
    void a_key_that_was_revoked_before_its_time_replaced_nothing() {
        SigningKeyList revoked = TWO.withRevoked("second", at(5));

        assertThat(states(revoked, at(20))).containsExactly(ACTIVE, REVOKED);
        assertThat(revoked.replacedAt(revoked.keys().getFirst())).isEmpty();
    }

    @Test
    void a_key_added_in_an_emergency_signs_until_the_planned_one_does() {
        SigningKeyList list = TWO.withRevoked("first", at(5)).with("third", "", at(5));

        assertThat(states(list, at(5))).containsExactly(REVOKED, NEXT, ACTIVE);
        assertThat(states(list, at(10))).containsExactly(REVOKED, ACTIVE, RETIRING);
    }

    @Test
    void of_two_keys_of_one_moment_the_one_added_later_signs() {
        SigningKeyList list = SigningKeyList.EMPTY.with("a", "", NOON).with("b", "", NOON);

        assertThat(states(list, NOON)).containsExactly(RETIRING, ACTIVE);
    }

    @Test
    void every_change_makes_a_list_that_knows_of_more() {
        assertThat(SigningKeyList.EMPTY.changes()).isZero();
        assertThat(TWO.changes()).isEqualTo(2);
        assertThat(TWO.withRevoked("first", NOON).changes()).isEqualTo(3);
        assertThat(TWO.newest()).isEqualTo("second");
        assertThat(SigningKeyList.EMPTY.newest()).isNull();
    }
}
