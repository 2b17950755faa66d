package dev.kontor.command.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.crypto.tink.subtle.AesGcmJce;
import dev.kontor.api.customer.MemoryKeyRing;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.grpc.platform.StartException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void letter_case_makes_no_difference() {
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
    void without_the_key_the_hash_is_another() {
        assertThat(new EmailHash(new MemoryKeyRing(), MASTER_KEY).of(ANNA)).isNotEqualTo(hash.of(ANNA));
    }

    /** Hashes in existing logs. A failing line would lock an account out, or give its e-mail to another customer. */
    @ParameterizedTest
    @CsvSource({
        "' ANNA@Example.COM', uP2J7T6-jFCU-KQYNB-EMamNpgZA6lTF8i2ruzZrmE8",
        "\uFF21nna@example.com, uP2J7T6-jFCU-KQYNB-EMamNpgZA6lTF8i2ruzZrmE8",
        "Rene\u0301@example.com, ZpO8_I6G_Yexpduaf3FvWWaBr5gBHePxYWRr8U29yuI",
        "J\u030C@example.com, QRPpOsKk4AfWNeD_EYJCLK_HmD9515Asq34E_vw-zmU",
        "\u0130@example.com, G_wJio9ik-td8ule0g5eVk9RiZ5OZQ2tuWdMCukpUh8",
        "stra\u00DFe@example.com, PvSrAHNFiZxzz2z_Y2FNrlx_qF71hUM55Y3b0RDNUMk",
        "\u039F\u0394\u039F\u03A3@example.com, qaRKBBEjDRp4-XL1JGdk7Ptpf_H3KfFtS0hPHbDugZk",
        "an\u200Bna@example.com, _K2fO1XUmFmVpt92kmm_B8fHzdfX0kI5XFNfdkUfgbw",
        "\uFEFFanna@example.com, YmaJA9waaQoWPNJZNwDSze8P57WedChbWv5t86tVi5o"
    })
    void the_hash_of_an_address_never_changes(String address, String hash) throws GeneralSecurityException {
        byte[] known = new byte[32];
        for (int i = 0; i < known.length; i++) {
            known[i] = (byte) i;
        }
        MemoryKeyRing ring = new MemoryKeyRing();
        ring.putIfAbsent(
                "email-hash", new AesGcmJce(MASTER_KEY).encrypt(known, "email-hash".getBytes(StandardCharsets.UTF_8)));

        assertThat(new EmailHash(ring, MASTER_KEY).of(new EmailAddress(address)).hash())
                .isEqualTo(hash);
    }

    @Test
    void a_hash_is_256_bits_that_do_not_reveal_the_address() {
        EmailKey key = hash.of(ANNA);

        assertThat(key.hash()).hasSize(43).doesNotContain("anna");
    }

    @Test
    void a_wrong_master_key_is_named_as_such() {
        hash.prepare();
        byte[] wrong = new byte[32];
        Arrays.fill(wrong, (byte) 1);

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> new EmailHash(keyRing, wrong).prepare())
                .withMessage("The key email-hash does not open with this master key");
    }
}
