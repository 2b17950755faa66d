package dev.kontor.standalone.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.customer.KeyRing;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.customer.WrappingKey;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.side.customer.MongoKeyRing;
import dev.kontor.standalone.customer.VaultKeyRing;
import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.store.Vault;
import dev.kontor.testsupport.MemoryMongo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a rotation the new master keys open everything, the previous ones nothing, and no key was lost. */
class RotateMasterKeysTest {

    private static final CustomerId ERASED = CustomerId.mint();
    private static final String EMAIL_HASH = "email-hash";
    private static final String SIGNING = "signing/a-key";

    private final byte[] master = random();
    private final byte[] signing = random();
    private final byte[] secret = random();

    @TempDir
    private Path folder;

    private record SealedName(CustomerId customer, Sealed name) {}

    private final List<SealedName> names = new ArrayList<>();

    private static byte[] random() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    private void fill(KeyRing ring) {
        PersonalData data = new PersonalData(ring, WrappingKey.of(master));
        for (int each = 0; each < 20; each++) {
            CustomerId customer = CustomerId.mint();
            names.add(new SealedName(customer, data.seal(customer, Field.NAME, "Anna")));
        }
        data.seal(ERASED, Field.NAME, "Bert");
        data.destroy(ERASED);
        ring.putIfAbsent(EMAIL_HASH, wrap(master, EMAIL_HASH));
        ring.putIfAbsent(SIGNING, wrap(signing, SIGNING));
    }

    private byte[] wrap(byte[] key, String name) {
        try {
            return WrappingKey.of(key).encrypt(secret, name.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean opens(KeyRing ring, byte[] key, String name) {
        try {
            byte[] opened =
                    WrappingKey.of(key).decrypt(ring.find(name).orElseThrow(), name.getBytes(StandardCharsets.UTF_8));
            assertThat(opened).isEqualTo(secret);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private void assertWrappedBy(KeyRing ring, byte[] newMaster, byte[] newSigning) {
        PersonalData data = new PersonalData(ring, newMaster);
        for (SealedName each : names) {
            assertThat(data.unseal(each.customer(), Field.NAME, each.name())).contains("Anna");
        }
        assertThat(ring.find("customer/" + ERASED)).isEmpty();
        assertThat(opens(ring, newMaster, EMAIL_HASH)).isTrue();
        assertThat(opens(ring, newSigning, SIGNING)).isTrue();
        assertThat(opens(ring, master, EMAIL_HASH)).isFalse();
        assertThat(opens(ring, signing, SIGNING)).isFalse();
    }

    private DataFolder filledFolder() throws IOException {
        DataFolder data = new DataFolder(folder);
        key("master.key", master);
        key("signing.key", signing);
        try (Vault vault = Vault.open(data.keys())) {
            fill(new VaultKeyRing(vault));
        }
        return data;
    }

    private void key(String name, byte[] key) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, base64(key));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private byte[] keyIn(String name) throws IOException {
        return Base64.getDecoder().decode(Files.readString(folder.resolve(name)));
    }

    private static ToolOutput rotate(Map<String, String> environment, Object... arguments) {
        return ToolOutput.by(new RotateMasterKeysTool(environment), arguments);
    }

    @Test
    void keys_in_files_are_replaced_by_new_ones() throws IOException {
        DataFolder data = filledFolder();
        List<byte[]> old = wrappedBefore(data);

        ToolOutput told = rotate(Map.of(), "--data", folder);

        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(told.lastLine()).isEqualTo("22 keys are wrapped by the new master keys, 22 of them by this run");
        try (Vault vault = Vault.open(data.keys())) {
            assertWrappedBy(new VaultKeyRing(vault), keyIn("master.key"), keyIn("signing.key"));
        }
        assertThat(folder.resolve("master.key.next")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("master.key"))))
                .isEqualTo("rw-------");
        old.forEach(each -> assertThat(files(data.keys())).noneMatch(file -> holds(file, each)));
    }

    /** As they are in the files until then. */
    private static List<byte[]> wrappedBefore(DataFolder data) {
        List<byte[]> old = new ArrayList<>();
        try (Vault vault = Vault.open(data.keys())) {
            vault.forEach((name, wrapped) -> wrapped.ifPresent(old::add));
        }
        assertThat(old).hasSize(22).allMatch(each -> files(data.keys()).stream().anyMatch(file -> holds(file, each)));
        return old;
    }

    private static boolean holds(byte[] file, byte[] bytes) {
        return HexFormat.of().formatHex(file).contains(HexFormat.of().formatHex(bytes));
    }

    private static List<byte[]> files(Path keys) {
        try (Stream<Path> all = Files.list(keys)) {
            List<byte[]> contents = new ArrayList<>();
            for (Path file : all.toList()) {
                contents.add(Files.readAllBytes(file));
            }
            return contents;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_rotation_that_was_cut_off_is_completed_by_the_next() throws IOException {
        DataFolder data = filledFolder();
        byte[] next = random();
        key("master.key.next", next);
        try (Vault vault = Vault.open(data.keys())) {
            byte[] before = vault.get(EMAIL_HASH).orElseThrow();
            assertThat(vault.replace(EMAIL_HASH, before, wrap(next, EMAIL_HASH)))
                    .isTrue();
        }

        ToolOutput told = rotate(Map.of(), "--data", folder);

        assertThat(told.lastLine()).isEqualTo("22 keys are wrapped by the new master keys, 21 of them by this run");
        assertThat(keyIn("master.key")).isEqualTo(next);
        try (Vault vault = Vault.open(data.keys())) {
            assertWrappedBy(new VaultKeyRing(vault), next, keyIn("signing.key"));
        }
    }

    @Test
    void keys_of_the_environment_are_replaced_by_those_that_it_names_first() throws IOException {
        DataFolder data = filledFolder();
        Files.delete(folder.resolve("master.key"));
        Files.delete(folder.resolve("signing.key"));
        byte[] newMaster = random();
        byte[] newSigning = random();

        ToolOutput told = rotate(environment(newMaster, newSigning), "--data", folder);

        assertThat(told.exitCode()).as(told.out()).isZero();
        try (Vault vault = Vault.open(data.keys())) {
            assertWrappedBy(new VaultKeyRing(vault), newMaster, newSigning);
        }
        assertThat(folder.resolve("master.key")).doesNotExist();
    }

    private Map<String, String> environment(byte[] newMaster, byte[] newSigning) {
        return Map.of(
                "KONTOR_MASTER_KEY", base64(newMaster),
                "KONTOR_SECOND_MASTER_KEY", base64(master),
                "KONTOR_SIGNING_MASTER_KEY", base64(newSigning),
                "KONTOR_SECOND_SIGNING_MASTER_KEY", base64(signing));
    }

    @Test
    void keys_in_mongodb_are_rewrapped_and_destroyed_ones_stay_destroyed() {
        byte[] newMaster = random();
        byte[] newSigning = random();
        try (MemoryMongo mongo = new MemoryMongo()) {
            MongoKeyRing ring = new MongoKeyRing(mongo.database());
            fill(ring);

            ToolOutput told = rotate(environment(newMaster, newSigning), "--of", "mongodb", "--mongodb", mongo.uri());

            assertThat(told.exitCode()).as(told.out()).isZero();
            assertThat(told.lastLine()).startsWith("22 keys are wrapped by the new master keys");
            assertWrappedBy(ring, newMaster, newSigning);
        }
    }

    @Test
    void one_key_for_both_or_the_key_before_is_no_rotation_in_mongodb_either() {
        byte[] one = random();
        try (MemoryMongo mongo = new MemoryMongo()) {
            for (Map<String, String> environment :
                    List.of(environment(one, one), environment(master, one), environment(one, signing))) {
                ToolOutput told = rotate(environment, "--of", "mongodb", "--mongodb", mongo.uri());

                assertThat(told.exitCode()).isEqualTo(1);
                assertThat(told.lastLine()).contains("are the same");
            }
        }
    }

    @Test
    void a_key_that_no_master_key_opens_ends_it_and_the_files_stay() throws IOException {
        DataFolder data = filledFolder();
        key("signing.key", random());

        ToolOutput told = rotate(Map.of(), "--data", folder);

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.lastLine())
                .isEqualTo("rotate-master-keys failed: The key signing/a-key opens with none of the master keys");
        assertThat(keyIn("master.key")).isEqualTo(master);
        try (Vault vault = Vault.open(data.keys())) {
            assertThat(opens(new VaultKeyRing(vault), keyIn("master.key.next"), EMAIL_HASH))
                    .isTrue();
        }
    }

    @Test
    void a_folder_in_use_or_without_keys_is_refused() throws IOException {
        assertThat(rotate(Map.of(), "--data", folder).lastLine()).contains("There are no keys in ");
        DataFolder data = filledFolder();
        try (Vault inUse = Vault.open(data.keys())) {
            assertThat(inUse.get(EMAIL_HASH)).isPresent();
            assertThat(rotate(Map.of(), "--data", folder).lastLine()).contains("Stop it first");
        }
        assertThat(folder.resolve("master.key.next")).doesNotExist();
    }
}
