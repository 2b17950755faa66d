package dev.kontor.api.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.ids.CustomerId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PersonalDataTest {

    private static final CustomerId ANNA = new CustomerId("0197a3c2-0000-7000-8000-000000000001");
    private static final CustomerId BERT = new CustomerId("0197a3c2-0000-7000-8000-000000000002");

    private final MemoryKeyRing keyRing = new MemoryKeyRing();
    private final PersonalData data = new PersonalData(keyRing, masterKey(1));

    private static byte[] masterKey(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    @Test
    void a_sealed_value_can_be_unsealed() {
        Sealed sealed = data.seal(ANNA, Field.NAME, "Anna Äpfel \uD83C\uDF4E");

        assertThat(data.unseal(ANNA, Field.NAME, sealed)).contains("Anna Äpfel \uD83C\uDF4E");
    }

    @Test
    void a_sealed_value_can_be_unsealed_by_another_process() {
        Sealed sealed = data.seal(ANNA, Field.NAME, "Anna");

        assertThat(new PersonalData(keyRing, masterKey(1)).unseal(ANNA, Field.NAME, sealed))
                .contains("Anna");
    }

    @Test
    void the_clear_text_is_visible_nowhere() {
        Sealed sealed = data.seal(ANNA, Field.NAME, "Anna Andersson");

        assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("Anna", "Andersson");
        assertThat(sealed).hasToString("Sealed");
        assertThat(sealed.ciphertext()).doesNotContain("Anna");
    }

    @Test
    void the_same_text_is_sealed_differently_each_time() {
        assertThat(data.seal(ANNA, Field.NAME, "Anna")).isNotEqualTo(data.seal(ANNA, Field.NAME, "Anna"));
    }

    @Test
    void a_value_sealed_for_one_customer_does_not_open_for_another() {
        Sealed sealed = data.seal(ANNA, Field.NAME, "Anna");
        data.seal(BERT, Field.NAME, "Bert");

        assertThatIllegalStateException().isThrownBy(() -> data.unseal(BERT, Field.NAME, sealed));
    }

    @Test
    void a_value_sealed_for_one_field_does_not_open_as_another() {
        Sealed sealed = data.seal(ANNA, Field.NAME, "Anna");

        assertThatIllegalStateException().isThrownBy(() -> data.unseal(ANNA, Field.EMAIL, sealed));
    }

    @Test
    void damaged_data_does_not_open() {
        byte[] damaged = data.seal(ANNA, Field.NAME, "Anna").bytes();
        damaged[damaged.length - 1] ^= 1;

        assertThatIllegalStateException().isThrownBy(() -> data.unseal(ANNA, Field.NAME, Sealed.of(damaged)));
    }

    @Test
    void a_text_that_is_not_base64_counts_as_damaged() {
        data.seal(ANNA, Field.NAME, "Anna");

        assertThatIllegalStateException().isThrownBy(() -> data.unseal(ANNA, Field.NAME, new Sealed("%%%")));
    }

    @Test
    void without_its_key_it_cannot_be_read() {
        Sealed sealed = data.seal(ANNA, Field.NAME, "Anna");

        data.destroy(ANNA);

        assertThat(data.unseal(ANNA, Field.NAME, sealed)).isEmpty();
        assertThat(new PersonalData(keyRing, masterKey(1)).unseal(ANNA, Field.NAME, sealed))
                .isEmpty();
    }

    @Test
    void no_data_is_sealed_for_an_erased_customer() {
        data.seal(ANNA, Field.NAME, "Anna");
        PersonalData elsewhere = new PersonalData(keyRing, masterKey(1));

        data.destroy(ANNA);

        assertThatExceptionOfType(KeyDestroyedException.class)
                .isThrownBy(() -> data.seal(ANNA, Field.NAME, "Anna again"));
        assertThatExceptionOfType(KeyDestroyedException.class)
                .isThrownBy(() -> elsewhere.seal(ANNA, Field.NAME, "Anna again"));
    }

    @Test
    void a_key_that_sealed_nothing_may_be_forgotten_and_replaced() {
        Sealed lost = data.seal(ANNA, Field.NAME, "Anna");

        data.forget(ANNA);

        assertThat(data.unseal(ANNA, Field.NAME, lost)).isEmpty();
        Sealed fresh = data.seal(ANNA, Field.NAME, "Anna");
        assertThat(data.unseal(ANNA, Field.NAME, fresh)).contains("Anna");
    }

    @Test
    void one_customer_s_key_is_destroyed_alone() {
        Sealed bert = data.seal(BERT, Field.NAME, "Bert");
        data.seal(ANNA, Field.NAME, "Anna");

        data.destroy(ANNA);

        assertThat(data.unseal(BERT, Field.NAME, bert)).contains("Bert");
    }

    @Test
    void a_key_made_twice_at_once_is_one_key() {
        PersonalData other = new PersonalData(keyRing, masterKey(1));
        Sealed here = data.seal(ANNA, Field.NAME, "Anna");
        Sealed there = other.seal(ANNA, Field.EMAIL, "anna@example.com");

        assertThat(other.unseal(ANNA, Field.NAME, here)).contains("Anna");
        assertThat(data.unseal(ANNA, Field.EMAIL, there)).contains("anna@example.com");
    }

    @Test
    void a_wrong_master_key_is_named_as_such() {
        Sealed sealed = data.seal(ANNA, Field.NAME, "Anna");

        assertThatIllegalStateException()
                .isThrownBy(() -> new PersonalData(keyRing, masterKey(2)).unseal(ANNA, Field.NAME, sealed))
                .withMessage("The key of customer " + ANNA + " does not open with this master key");
    }

    @Test
    void data_of_a_shut_customer_does_not_open_here_though_the_key_is_not_destroyed_yet() {
        Sealed sealed = data.seal(ANNA, Field.NAME, "Anna");

        data.shut(ANNA);

        assertThat(data.unseal(ANNA, Field.NAME, sealed)).isEmpty();
        assertThatThrownBy(() -> data.seal(ANNA, Field.NAME, "Anna")).isInstanceOf(KeyDestroyedException.class);
    }

    @Test
    void a_master_key_has_32_bytes() {
        for (int length : new int[] {0, 16, 31, 33}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PersonalData(keyRing, new byte[length]))
                    .withMessage("The master key must have 32 bytes");
        }
    }

    @Test
    void an_empty_sealed_value_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Sealed(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sealed(null));
    }
}
