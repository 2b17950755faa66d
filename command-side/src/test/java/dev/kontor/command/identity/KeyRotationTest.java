package dev.kontor.command.identity;

import static dev.kontor.command.identity.SigningKeySetup.LEAD;
import static dev.kontor.command.identity.SigningKeySetup.MASTER_KEY;
import static dev.kontor.command.identity.SigningKeySetup.OLD_AFTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.SigningKeyCommand.AddSigningKey;
import dev.kontor.api.identity.SigningKeyCommand.ReadSigningKeys;
import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.LostAnswers;
import dev.kontor.command.platform.ScriptedAggregates;
import dev.kontor.command.request.Effects;
import dev.kontor.command.request.Effects.Sender;
import dev.kontor.grpc.platform.OutcomeUnknownException;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.StartException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotation without a restart, and without a failing call. */
class KeyRotationTest {

    private static final CustomerId ANNA = CustomerId.mint();

    @TempDir
    private Path folder;

    private SigningKeySetup setup;

    @BeforeEach
    void open() {
        setup = new SigningKeySetup(folder);
    }

    @AfterEach
    void close() {
        setup.close();
    }

    private static String signedWith(SigningKeySetup.Process process) {
        String header = process.authority()
                .issue(ANNA, SessionId.mint(), Role.CUSTOMER, 1)
                .split("\\.")[0];
        String json = new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8);
        return json.replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
    }

    private Sender sender() {
        return Effects.unkeyed(setup.commands());
    }

    private static String newest(SigningKeySetup.Process process) {
        return process.authority().list().newest();
    }

    @Test
    void the_first_start_makes_the_first_key() {
        SigningKeySetup.Process process = setup.start();

        assertThat(signedWith(process)).isEqualTo(newest(process));
        assertThat(setup.events()).isEqualTo(1);
        assertThat(setup.keyRing.kept()).containsOnlyKeys("signing/" + newest(process));
    }

    @Test
    void another_start_uses_the_same_key() {
        String first = signedWith(setup.start());

        assertThat(signedWith(setup.start())).isEqualTo(first);
        assertThat(setup.events()).isEqualTo(1);
    }

    @Test
    void a_key_of_before_there_was_a_list_is_destroyed() {
        setup.keyRing.putIfAbsent("signing", new byte[] {1});

        setup.start();

        assertThat(setup.keyRing.find("signing")).isEmpty();
    }

    @Test
    void a_wrong_master_key_is_named_as_such() {
        setup.start();
        byte[] wrong = new byte[32];
        Arrays.fill(wrong, (byte) 1);

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> setup.start(wrong))
                .withMessage("The signing key does not open with this master key");
        assertThat(setup.events()).isEqualTo(1);
    }

    @Test
    void a_master_key_has_32_bytes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setup.start(new byte[16]))
                .withMessage("The master key must have 32 bytes");
    }

    /** As after the restore of a log that is older than the ring: the key may have been revoked since. */
    @Test
    void a_key_that_is_not_in_the_ring_is_revoked_and_another_signs_at_once() {
        SigningKeySetup.Process before = setup.start();
        String lost = signedWith(before);
        before.rotation().rotate(sender());
        String next = newest(before);
        setup.keyRing.destroy("signing/" + lost);
        setup.keyRing.destroy("signing/" + next);

        SigningKeySetup.Process restored = setup.start();

        assertThat(signedWith(restored)).isNotIn(lost, next).isEqualTo(newest(restored));
        assertThat(restored.authority().byId(lost)).isEmpty();
        assertThat(restored.authority().byId(next)).isEmpty();
        setup.clock.advance(LEAD);
        assertThat(signedWith(restored)).isEqualTo(newest(restored));
    }

    @Test
    void a_new_key_is_published_at_once_and_signs_after_its_lead() {
        SigningKeySetup.Process process = setup.start();
        String old = signedWith(process);

        process.rotation().rotate(sender());

        String fresh = newest(process);
        assertThat(process.authority().byId(fresh)).isPresent();
        setup.clock.advance(LEAD.minusMillis(1));
        assertThat(signedWith(process)).isEqualTo(old);
        setup.clock.advance(Duration.ofMillis(1));
        assertThat(signedWith(process)).isEqualTo(fresh);
        assertThat(process.authority().byId(old)).isPresent();
    }

    /** A first start with a clock two hours ahead. */
    @Test
    void a_clock_that_steps_back_stops_no_signing() {
        setup.clock.advance(Duration.ofHours(2));
        SigningKeySetup.Process process = setup.start();
        String first = signedWith(process);
        setup.clock.advance(Duration.ofHours(-2));

        assertThat(signedWith(process)).isEqualTo(first);
        SigningKeySetup.Process another = setup.start();
        assertThat(signedWith(another)).isEqualTo(first);
        assertThat(another.authority().byId(first)).isPresent();
    }

    /** Otherwise it would wait for as long as the clock was ahead, possibly years. */
    @Test
    void a_key_of_the_future_does_not_prevent_a_new_one() {
        setup.clock.advance(Duration.ofDays(3_650));
        SigningKeySetup.Process process = setup.start();
        String ofTheFuture = newest(process);
        setup.clock.advance(Duration.ofDays(-3_650));

        process.rotation().rotateIfDue();
        process.rotation().rotateIfDue();

        assertThat(setup.events()).isEqualTo(2);
        setup.clock.advance(LEAD);
        String second = newest(process);
        assertThat(signedWith(process)).isEqualTo(second).isNotEqualTo(ofTheFuture);
        assertThat(process.authority().byId(ofTheFuture)).isPresent();
        setup.clock.advance(OLD_AFTER);
        process.rotation().rotateIfDue();
        assertThat(newest(process)).isNotIn(ofTheFuture, second);
    }

    /** While the clock is ahead the old key's private part is destroyed: the remaining key signs. */
    @Test
    void a_clock_that_steps_back_over_a_rotation_stops_no_signing() {
        SigningKeySetup.Process process = setup.start();
        String old = signedWith(process);
        setup.clock.advance(Duration.ofHours(2));
        process.rotation().rotate(sender());
        String fresh = newest(process);
        setup.clock.advance(LEAD.plusSeconds(61));
        process.rotation().rotateIfDue();
        assertThat(setup.keyRing.kept()).doesNotContainKey("signing/" + old);
        setup.clock.advance(Duration.ofHours(-2));

        assertThat(signedWith(process)).isIn(old, fresh);
        assertThat(signedWith(setup.start())).isNotEqualTo(old);
    }

    @Test
    void the_old_key_is_removed_after_its_tokens_have_expired() {
        SigningKeySetup.Process process = setup.start();
        String old = signedWith(process);
        process.rotation().rotate(sender());
        setup.clock.advance(LEAD.plusSeconds(61));
        process.rotation().rotateIfDue();
        assertThat(setup.keyRing.kept()).as("it signs no more").containsOnlyKeys("signing/" + newest(process));

        setup.clock.advance(TokenIssuer.ACCESS_TOKEN_LIFETIME.minusSeconds(2));
        assertThat(process.authority().byId(old)).isPresent();
        setup.clock.advance(Duration.ofSeconds(1));
        assertThat(process.authority().byId(old)).isEmpty();
    }

    @Test
    void an_old_key_is_replaced_automatically_and_only_once() {
        SigningKeySetup.Process process = setup.start();
        String first = newest(process);
        setup.clock.advance(OLD_AFTER.minusMillis(1));
        process.rotation().rotateIfDue();
        assertThat(newest(process)).isEqualTo(first);

        setup.clock.advance(Duration.ofMillis(1));
        process.rotation().rotateIfDue();
        process.rotation().rotateIfDue();

        assertThat(newest(process)).isNotEqualTo(first);
        assertThat(setup.events()).isEqualTo(2);
    }

    @Test
    void the_other_processes_follow() {
        SigningKeySetup.Process one = setup.start();
        SigningKeySetup.Process other = setup.start();
        one.rotation().rotate(sender());

        other.authority().refresh();

        assertThat(newest(other)).isEqualTo(newest(one));
        setup.clock.advance(LEAD);
        assertThat(signedWith(other)).isEqualTo(signedWith(one)).isEqualTo(newest(one));
    }

    @Test
    void a_revoked_key_is_gone_at_once_and_another_signs() {
        SigningKeySetup.Process process = setup.start();
        SigningKeySetup.Process other = setup.start();
        String bad = signedWith(process);

        assertThat(process.rotation().revoke(bad)).isTrue();

        assertThat(process.authority().byId(bad)).isEmpty();
        assertThat(setup.keyRing.find("signing/" + bad)).isEmpty();
        assertThat(signedWith(process)).isNotEqualTo(bad).isEqualTo(newest(process));
        assertThat(process.told()).containsExactly(new SigningKeyRevokedNotice(bad));
        other.authority().refresh();
        assertThat(other.told()).containsExactly(new SigningKeyRevokedNotice(bad));
        assertThat(signedWith(other)).isEqualTo(signedWith(process));
    }

    @Test
    void a_key_that_was_made_and_not_needed_is_the_next_one() {
        SigningKeySetup.Process process = setup.start();
        process.rotation().rotate(sender());
        setup.clock.advance(LEAD);
        process.rotation().revoke(process.authority().list().keys().getFirst().kid());
        String spare = setup.keyRing.kept().keySet().stream()
                .filter(name -> !name.equals("signing/" + newest(process)))
                .findFirst()
                .orElseThrow();

        process.rotation().rotate(sender());

        assertThat("signing/" + newest(process)).isEqualTo(spare);
    }

    @Test
    void a_key_is_revoked_once_and_an_unknown_one_not_at_all() {
        SigningKeySetup.Process process = setup.start();
        String bad = signedWith(process);
        process.rotation().revoke(bad);
        long events = setup.events();

        assertThat(process.rotation().revoke(bad)).isFalse();
        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> process.rotation().revoke("no-such-key"));

        assertThat(refused.problem()).isEqualTo(Problem.SIGNING_KEY_NOT_FOUND);
        assertThat(setup.events()).isEqualTo(events);
    }

    @Test
    void a_log_that_accepts_no_writes_does_not_stop_the_rotation() {
        ScriptedAggregates down = new ScriptedAggregates();
        down.fail(new ReadSigningKeys(), new IllegalStateException("down"));
        SigningKeySetup.Process process = setup.prepare(MASTER_KEY, setup.keyRing, down.commands());

        process.rotation().rotateIfDue();

        assertThat(process.authority().list()).isEqualTo(SigningKeyList.EMPTY);
        assertThat(setup.keyRing.kept()).isEmpty();
    }

    @Test
    void a_rotation_must_be_longer_than_its_lead() {
        SigningKeySetup.Process process = setup.start();
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> new KeyRotation(setup.commands(), process.authority(), null, setup.clock, LEAD, LEAD))
                .withMessageContaining("kontor.identity.key-rotation");
    }

    @Test
    void a_key_that_may_be_published_is_kept_and_signs_once_it_is_known() {
        SigningKeySetup.Process process = setup.start();
        LostAnswers lost = LostAnswers.firstTo(AddSigningKey.class);
        SigningKeySetup.Process cutOff = setup.prepare(SigningKeySetup.MASTER_KEY, setup.keyRing, setup.commands(lost));
        cutOff.rotation().start();

        assertThatThrownBy(() -> cutOff.rotation().rotate(Effects.unkeyed(setup.commands(lost))))
                .isInstanceOf(OutcomeUnknownException.class);
        // Each unused key replaces the spare key before it.
        for (int i = 0; i < 3; i++) {
            process.rotation().rotate(sender());
            cutOff.rotation().rotate(Effects.unkeyed(setup.commands(lost)));
        }

        cutOff.authority()
                .list()
                .keys()
                .forEach(key -> assertThat(setup.keyRing.find("signing/" + key.kid()))
                        .as("the private part of a key that is to sign")
                        .isPresent());
    }
}
