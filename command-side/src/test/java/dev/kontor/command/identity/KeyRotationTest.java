package dev.kontor.command.identity;

import static dev.kontor.command.identity.KeyHouse.LEAD;
import static dev.kontor.command.identity.KeyHouse.MASTER_KEY;
import static dev.kontor.command.identity.KeyHouse.OLD_AFTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.SigningKeyCommand.AddSigningKey;
import dev.kontor.api.identity.SigningKeyCommand.ReadSigningKeys;
import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.command.platform.LostAnswers;
import dev.kontor.command.platform.ScriptedAggregates;
import dev.kontor.grpc.platform.OutcomeUnknownException;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotation without a restart, and without a call that fails. */
class KeyRotationTest {

    private static final CustomerId ANNA = CustomerId.mint();

    @TempDir
    private Path folder;

    private KeyHouse house;

    @BeforeEach
    void open() {
        house = new KeyHouse(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static String signedWith(KeyHouse.Process process) {
        String header = process.authority()
                .issue(ANNA, SessionId.mint(), Role.CUSTOMER, 1)
                .split("\\.")[0];
        String json = new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8);
        return json.replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
    }

    private static String newest(KeyHouse.Process process) {
        return process.authority().list().newest();
    }

    @Test
    void the_first_start_makes_the_first_key() {
        KeyHouse.Process process = house.start();

        assertThat(signedWith(process)).isEqualTo(newest(process));
        assertThat(house.events()).isEqualTo(1);
        assertThat(house.keyRing.kept()).containsOnlyKeys("signing/" + newest(process));
    }

    @Test
    void another_start_goes_on_with_it() {
        String first = signedWith(house.start());

        assertThat(signedWith(house.start())).isEqualTo(first);
        assertThat(house.events()).isEqualTo(1);
    }

    @Test
    void a_key_of_before_there_was_a_list_is_destroyed() {
        house.keyRing.putIfAbsent("signing", new byte[] {1});

        house.start();

        assertThat(house.keyRing.find("signing")).isEmpty();
    }

    @Test
    void a_wrong_master_key_is_named_as_such() {
        house.start();
        byte[] wrong = new byte[32];
        Arrays.fill(wrong, (byte) 1);

        assertThatIllegalStateException()
                .isThrownBy(() -> house.start(wrong))
                .withMessage("The signing key does not open with this master key");
        assertThat(house.events()).isEqualTo(1);
    }

    @Test
    void a_master_key_has_32_bytes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> house.start(new byte[16]))
                .withMessage("The master key must have 32 bytes");
    }

    /** As after the restore of a log that is older than the ring: the key may have been revoked since. */
    @Test
    void a_key_that_is_not_in_the_ring_is_revoked_and_another_signs_at_once() {
        KeyHouse.Process before = house.start();
        String lost = signedWith(before);
        before.rotation().rotate();
        String next = newest(before);
        house.keyRing.destroy("signing/" + lost);
        house.keyRing.destroy("signing/" + next);

        KeyHouse.Process restored = house.start();

        assertThat(signedWith(restored)).isNotIn(lost, next).isEqualTo(newest(restored));
        assertThat(restored.authority().byId(lost)).isEmpty();
        assertThat(restored.authority().byId(next)).isEmpty();
        house.clock.advance(LEAD);
        assertThat(signedWith(restored)).isEqualTo(newest(restored));
    }

    @Test
    void a_new_key_is_published_at_once_and_signs_after_its_lead() {
        KeyHouse.Process process = house.start();
        String old = signedWith(process);

        process.rotation().rotate();

        String fresh = newest(process);
        assertThat(process.authority().byId(fresh)).isPresent();
        house.clock.advance(LEAD.minusMillis(1));
        assertThat(signedWith(process)).isEqualTo(old);
        house.clock.advance(Duration.ofMillis(1));
        assertThat(signedWith(process)).isEqualTo(fresh);
        assertThat(process.authority().byId(old)).isPresent();
    }

    /** A first start with a clock two hours ahead. */
    @Test
    void a_clock_that_steps_back_stops_no_signing() {
        house.clock.advance(Duration.ofHours(2));
        KeyHouse.Process process = house.start();
        String first = signedWith(process);
        house.clock.advance(Duration.ofHours(-2));

        assertThat(signedWith(process)).isEqualTo(first);
        KeyHouse.Process another = house.start();
        assertThat(signedWith(another)).isEqualTo(first);
        assertThat(another.authority().byId(first)).isPresent();
    }

    /** Else it would wait for as long as the clock was ahead, which may be years. */
    @Test
    void a_key_of_the_future_does_not_keep_another_from_being_made() {
        house.clock.advance(Duration.ofDays(3_650));
        KeyHouse.Process process = house.start();
        String ofTheFuture = newest(process);
        house.clock.advance(Duration.ofDays(-3_650));

        process.rotation().rotateIfDue();
        process.rotation().rotateIfDue();

        assertThat(house.events()).isEqualTo(2);
        house.clock.advance(LEAD);
        String second = newest(process);
        assertThat(signedWith(process)).isEqualTo(second).isNotEqualTo(ofTheFuture);
        assertThat(process.authority().byId(ofTheFuture)).isPresent();
        house.clock.advance(OLD_AFTER);
        process.rotation().rotateIfDue();
        assertThat(newest(process)).isNotIn(ofTheFuture, second);
    }

    /** While the clock is ahead the old key's private part goes: what is left signs. */
    @Test
    void a_clock_that_steps_back_over_a_rotation_stops_no_signing() {
        KeyHouse.Process process = house.start();
        String old = signedWith(process);
        house.clock.advance(Duration.ofHours(2));
        process.rotation().rotate();
        String fresh = newest(process);
        house.clock.advance(LEAD.plusSeconds(61));
        process.rotation().rotateIfDue();
        assertThat(house.keyRing.kept()).doesNotContainKey("signing/" + old);
        house.clock.advance(Duration.ofHours(-2));

        assertThat(signedWith(process)).isIn(old, fresh);
        assertThat(signedWith(house.start())).isNotEqualTo(old);
    }

    @Test
    void the_old_key_goes_when_what_it_signed_has_run_out() {
        KeyHouse.Process process = house.start();
        String old = signedWith(process);
        process.rotation().rotate();
        house.clock.advance(LEAD.plusSeconds(61));
        process.rotation().rotateIfDue();
        assertThat(house.keyRing.kept()).as("it signs no more").containsOnlyKeys("signing/" + newest(process));

        house.clock.advance(TokenIssuer.ACCESS_TOKEN_LIFETIME.minusSeconds(2));
        assertThat(process.authority().byId(old)).isPresent();
        house.clock.advance(Duration.ofSeconds(1));
        assertThat(process.authority().byId(old)).isEmpty();
    }

    @Test
    void an_old_key_is_replaced_by_itself_and_only_once() {
        KeyHouse.Process process = house.start();
        String first = newest(process);
        house.clock.advance(OLD_AFTER.minusMillis(1));
        process.rotation().rotateIfDue();
        assertThat(newest(process)).isEqualTo(first);

        house.clock.advance(Duration.ofMillis(1));
        process.rotation().rotateIfDue();
        process.rotation().rotateIfDue();

        assertThat(newest(process)).isNotEqualTo(first);
        assertThat(house.events()).isEqualTo(2);
    }

    @Test
    void the_other_processes_follow() {
        KeyHouse.Process one = house.start();
        KeyHouse.Process other = house.start();
        one.rotation().rotate();

        other.authority().refresh();

        assertThat(newest(other)).isEqualTo(newest(one));
        house.clock.advance(LEAD);
        assertThat(signedWith(other)).isEqualTo(signedWith(one)).isEqualTo(newest(one));
    }

    @Test
    void a_revoked_key_is_gone_at_once_and_another_signs() {
        KeyHouse.Process process = house.start();
        KeyHouse.Process other = house.start();
        String bad = signedWith(process);

        assertThat(process.rotation().revoke(bad)).isTrue();

        assertThat(process.authority().byId(bad)).isEmpty();
        assertThat(house.keyRing.find("signing/" + bad)).isEmpty();
        assertThat(signedWith(process)).isNotEqualTo(bad).isEqualTo(newest(process));
        assertThat(process.told()).containsExactly(new SigningKeyRevokedNotice(bad));
        other.authority().refresh();
        assertThat(other.told()).containsExactly(new SigningKeyRevokedNotice(bad));
        assertThat(signedWith(other)).isEqualTo(signedWith(process));
    }

    @Test
    void a_key_that_was_made_and_not_needed_is_the_next_one() {
        KeyHouse.Process process = house.start();
        process.rotation().rotate();
        house.clock.advance(LEAD);
        process.rotation().revoke(process.authority().list().keys().getFirst().kid());
        String spare = house.keyRing.kept().keySet().stream()
                .filter(name -> !name.equals("signing/" + newest(process)))
                .findFirst()
                .orElseThrow();

        process.rotation().rotate();

        assertThat("signing/" + newest(process)).isEqualTo(spare);
    }

    @Test
    void a_key_is_revoked_once_and_one_that_never_was_not_at_all() {
        KeyHouse.Process process = house.start();
        String bad = signedWith(process);
        process.rotation().revoke(bad);
        long events = house.events();

        assertThat(process.rotation().revoke(bad)).isFalse();
        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> process.rotation().revoke("no-such-key"));

        assertThat(refused.problem()).isEqualTo(Problem.SIGNING_KEY_NOT_FOUND);
        assertThat(house.events()).isEqualTo(events);
    }

    @Test
    void a_log_that_takes_nothing_is_survived() {
        ScriptedAggregates down = new ScriptedAggregates();
        down.fail(new ReadSigningKeys(), new IllegalStateException("down"));
        KeyHouse.Process process = house.prepare(MASTER_KEY, house.keyRing, down.commands());

        process.rotation().rotateIfDue();

        assertThat(process.authority().list()).isEqualTo(SigningKeyList.EMPTY);
        assertThat(house.keyRing.kept()).isEmpty();
    }

    @Test
    void a_rotation_must_be_longer_than_its_lead() {
        KeyHouse.Process process = house.start();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyRotation(house.commands(), process.authority(), null, house.clock, LEAD, LEAD))
                .withMessageContaining("kontor.identity.key-rotation");
    }

    @Test
    void a_key_that_may_be_published_is_kept_and_signs_once_it_is_known() {
        KeyHouse.Process process = house.start();
        LostAnswers lost = LostAnswers.firstTo(AddSigningKey.class);
        KeyHouse.Process cutOff = house.prepare(KeyHouse.MASTER_KEY, house.keyRing, house.commands(lost));
        cutOff.rotation().start();

        assertThatThrownBy(() -> cutOff.rotation().rotate()).isInstanceOf(OutcomeUnknownException.class);
        // Of those that are made meanwhile and not needed each takes the place of the one before.
        for (int i = 0; i < 3; i++) {
            process.rotation().rotate();
            cutOff.rotation().rotate();
        }

        cutOff.authority()
                .list()
                .keys()
                .forEach(key -> assertThat(house.keyRing.find("signing/" + key.kid()))
                        .as("the private part of a key that is to sign")
                        .isPresent());
    }
}
