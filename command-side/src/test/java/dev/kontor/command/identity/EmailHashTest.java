package dev.kontor.command.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.identity.EmailKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EmailHashTest {

    private static final byte[] MASTER_KEY = new byte[32];
    private static final EmailAddress ANNA = new EmailAddress("anna@example.com");

    private final MemoryKeyRing keyRing = new MemoryKeyRing();
    private final EmailHash hash = new EmailHash(keyRing, MASTER_KEY);

    @Test
    void a_master_key_has_32_bytes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmailHash(keyRing, new byte[16]))
                .withMessage("The master key must have 32 bytes");
    }

    @Test
    void letter_case_makes_no_other_address() {
        assertThat(hash.of(new EmailAddress("ANNA@Example.Com"))).isEqualTo(hash.of(ANNA));
    }

    @Test
    void another_address_has_another_hash() {
        assertThat(hash.of(new EmailAddress("anne@example.com"))).isNotEqualTo(hash.of(ANNA));
    }

    @Test
    void a_hash_survives_a_restart() {
        assertThat(new EmailHash(keyRing, MASTER_KEY).of(ANNA)).isEqualTo(hash.of(ANNA));
    }

    @Test
    void without_the_key_nobody_makes_the_same_hash() {
        assertThat(new EmailHash(new MemoryKeyRing(), MASTER_KEY).of(ANNA)).isNotEqualTo(hash.of(ANNA));
    }

    @Test
    void a_hash_is_256_bits_that_do_not_tell_the_address() {
        EmailKey key = hash.of(ANNA);

        assertThat(key.hash()).hasSize(43).doesNotContain("anna");
    }

    @Test
    void a_wrong_master_key_is_named_as_such() {
        byte[] wrong = new byte[32];
        Arrays.fill(wrong, (byte) 1);

        assertThatIllegalStateException()
                .isThrownBy(() -> new EmailHash(keyRing, wrong))
                .withMessage("The key of the e-mail hashes does not open with this master key");
    }
}
