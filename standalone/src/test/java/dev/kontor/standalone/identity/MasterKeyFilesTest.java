package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kontor.api.customer.WrappingKey;
import dev.kontor.command.identity.MasterKeys;
import dev.kontor.grpc.platform.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets come from environment or file, and a start refuses an empty one or a sample. */
class MasterKeyFilesTest {

    private static final String CUSTOMERS = "KONTOR_MASTER_KEY";
    private static final String SIGNING = "KONTOR_SIGNING_MASTER_KEY";

    @TempDir
    private Path folder;

    private static String random() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return encoded(key);
    }

    private static String encoded(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    private void refused(Map<String, String> environment, String... said) {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> MasterKeyFiles.in(folder, environment, false))
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(said))
                .satisfies(refusal -> assertThat(environment.values())
                        .filteredOn(value -> !value.isBlank())
                        .noneMatch(refusal.getMessage()::contains));
    }

    /** Whether it opens what this key, as Base64, has wrapped. */
    private static boolean opens(WrappingKey key, String wrapper) {
        byte[] binding = "a name".getBytes(StandardCharsets.UTF_8);
        try {
            byte[] wrapped = WrappingKey.of(Base64.getDecoder().decode(wrapper)).encrypt(new byte[32], binding);
            key.decrypt(wrapped, binding);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Test
    void a_rotation_makes_new_keys_beside_the_ones_in_files_and_both_open_until_it_ends() throws IOException {
        MasterKeyFiles.in(folder, Map.of(), false);
        String before = Files.readString(folder.resolve("master.key"));
        MasterKeyFiles files = new MasterKeyFiles(folder, Map.of());

        MasterKeys rotated = files.beginRotation();

        String next = Files.readString(folder.resolve("master.key.next"));
        assertThat(next).isNotEqualTo(before);
        assertThat(opens(rotated.customers(), next)).isTrue();
        assertThat(opens(rotated.customers(), before)).isTrue();
        MasterKeys cutOff = MasterKeyFiles.in(folder, Map.of(), false);
        assertThat(opens(cutOff.customers(), next)).isTrue();
        assertThat(opens(cutOff.customers(), before)).isTrue();

        new MasterKeyFiles(folder, Map.of()).beginRotation();
        files.finishRotation();

        assertThat(folder.resolve("master.key")).hasContent(next);
        MasterKeys after = MasterKeyFiles.in(folder, Map.of(), false);
        assertThat(opens(after.customers(), next)).isTrue();
        assertThat(opens(after.customers(), before)).isFalse();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("master.key", "signing.key");
        }
    }

    @Test
    void a_second_key_of_the_environment_opens_too_and_a_rotation_needs_it() throws IOException {
        String first = random();
        String second = random();
        Map<String, String> environment =
                Map.of(CUSTOMERS, first, "KONTOR_SECOND_MASTER_KEY", second, SIGNING, random());

        MasterKeys keys = MasterKeyFiles.in(folder, environment, false);

        assertThat(opens(keys.customers(), first)).isTrue();
        assertThat(opens(keys.customers(), second)).isTrue();
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> new MasterKeyFiles(folder, environment).beginRotation())
                .withMessageContaining("KONTOR_SECOND_SIGNING_MASTER_KEY");
        refused(
                Map.of(CUSTOMERS, first, SIGNING, random(), "KONTOR_SECOND_MASTER_KEY", "secret!"),
                "KONTOR_SECOND_MASTER_KEY",
                "not Base64");
    }

    private void rotationIsRefused(Map<String, String> environment, String... said) {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> new MasterKeyFiles(folder, environment).beginRotation())
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(said));
    }

    @Test
    void a_key_that_must_be_there_is_not_made() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> MasterKeyFiles.in(folder, Map.of(CUSTOMERS, random()), true))
                .withMessage(
                        "There is no signing.key in %s, and %s is not set: the keys cannot be opened", folder, SIGNING);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_rotation_makes_no_key_in_the_place_of_one_that_is_missing() {
        rotationIsRefused(Map.of(), "no master.key in " + folder, CUSTOMERS);
        rotationIsRefused(
                Map.of(CUSTOMERS, random(), "KONTOR_SECOND_MASTER_KEY", random()),
                "no signing.key in " + folder,
                SIGNING);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_rotation_to_one_key_for_both_or_to_the_key_before_is_refused() {
        String one = random();
        String second = "KONTOR_SECOND_MASTER_KEY";
        String secondSigning = "KONTOR_SECOND_SIGNING_MASTER_KEY";

        rotationIsRefused(
                Map.of(CUSTOMERS, one, second, random(), SIGNING, one, secondSigning, random()), "are the same");
        rotationIsRefused(
                Map.of(CUSTOMERS, random(), second, random(), SIGNING, one, secondSigning, one),
                SIGNING + " and " + secondSigning + " are the same");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_key_that_was_cut_off_while_it_was_made_is_made_again() throws IOException {
        Files.writeString(folder.resolve("master.key.new"), "");
        Files.writeString(folder.resolve("signing.key.new"), "AAAA");
        MasterKeyFiles.in(folder, Map.of(), false);
        Files.writeString(folder.resolve("master.key.next.new"), "");
        MasterKeyFiles.in(folder, Map.of(), false);
        new MasterKeyFiles(folder, Map.of()).beginRotation();

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("master.key", "master.key.next", "signing.key", "signing.key.next");
        }
    }

    @Test
    void keys_are_taken_from_the_environment_and_nothing_is_written() throws IOException {
        String customers = random();
        String signing = random();

        MasterKeys keys = MasterKeyFiles.in(folder, Map.of(CUSTOMERS, customers, SIGNING, " " + signing + "\n"), false);

        assertThat(opens(keys.customers(), customers)).isTrue();
        assertThat(opens(keys.signing(), signing)).isTrue();
        assertThat(opens(keys.customers(), signing)).isFalse();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void without_an_environment_keys_are_made_once_for_their_owner_alone() throws IOException {
        MasterKeys made = MasterKeyFiles.in(folder, Map.of(), false);

        MasterKeys again = MasterKeyFiles.in(folder, Map.of(), false);

        String customers = Files.readString(folder.resolve("master.key"));
        String signing = Files.readString(folder.resolve("signing.key"));
        for (MasterKeys keys : new MasterKeys[] {made, again}) {
            assertThat(opens(keys.customers(), customers)).isTrue();
            assertThat(opens(keys.signing(), signing)).isTrue();
            assertThat(opens(keys.customers(), signing)).isFalse();
        }
        for (String file : new String[] {"master.key", "signing.key"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CUSTOMERS, SIGNING})
    void an_empty_key_is_refused(String variable) {
        refused(Map.of(variable, ""), variable, "is empty");
        refused(Map.of(variable, " \n"), variable, "is empty");
    }

    @Test
    void one_key_for_both_is_refused() {
        String one = random();

        refused(Map.of(CUSTOMERS, one, SIGNING, one), "are the same");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "255, 0", "65, 0", "0, 1", "1, 1", "31, -1", "32, -1", "0, 8", "97, 1"})
    void a_key_that_is_one_byte_again_and_again_or_counted_is_refused(int first, int step) {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (first + i * step);
        }

        refused(Map.of(SIGNING, encoded(key)), SIGNING, "a sample that is easy to guess");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789abcdef0123456789abcdef",
                "change-me-change-me-change-me-32",
                "this is a 32 byte long secret !!"
            })
    void a_key_of_words_is_refused(String words) {
        refused(Map.of(CUSTOMERS, encoded(words.getBytes())), CUSTOMERS, "a sample that is easy to guess");
    }

    @Test
    void a_key_of_another_length_or_that_is_no_base64_is_refused() {
        refused(Map.of(CUSTOMERS, encoded(new byte[16])), CUSTOMERS, "16 bytes, not 32");
        refused(Map.of(CUSTOMERS, "secret!"), CUSTOMERS, "not Base64");
    }

    @Test
    void a_sample_in_a_file_is_refused_too() throws IOException {
        Path file = folder.resolve("master.key");
        Files.writeString(file, encoded(new byte[32]));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        refused(Map.of(), file.toString(), "a sample that is easy to guess");
    }
}
