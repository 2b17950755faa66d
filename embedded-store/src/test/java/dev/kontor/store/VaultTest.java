package dev.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

    @TempDir
    Path folder;

    private Vault vault;

    @BeforeEach
    void open() {
        vault = Vault.open(folder);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private void reopen() {
        vault.close();
        vault = Vault.open(folder);
    }

    /** Random bytes, which do not compress. */
    private static byte[] key(int seed) {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return key;
    }

    private List<Path> filesWith(byte[] bytes) throws IOException {
        String wanted = HexFormat.of().formatHex(bytes);
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (HexFormat.of().formatHex(Files.readAllBytes(file)).contains(wanted)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    @Test
    void what_is_put_is_there_also_after_opening_again() {
        assertThat(vault.putIfAbsent("one", key(1))).contains(key(1));
        for (int opening = 0; opening < 2; opening++) {
            assertThat(vault.get("one")).contains(key(1));
            assertThat(vault.get("two")).isEmpty();
            reopen();
        }
    }

    @Test
    void what_is_there_is_not_replaced() {
        vault.putIfAbsent("one", key(1));
        assertThat(vault.putIfAbsent("one", key(2))).contains(key(1));
        assertThat(vault.get("one")).contains(key(1));
    }

    @Test
    void of_many_puts_at_the_same_time_one_wins_and_all_get_the_same_answer() throws Exception {
        for (int round = 0; round < 10; round++) {
            String name = "name " + round;
            CyclicBarrier start = new CyclicBarrier(8);
            List<Callable<byte[]>> rivals = new ArrayList<>();
            for (int rival = 0; rival < 8; rival++) {
                byte[] mine = key(rival);
                rivals.add(() -> {
                    start.await();
                    return vault.putIfAbsent(name, mine).orElseThrow();
                });
            }
            byte[] stored = null;
            for (Future<byte[]> answer : StoreSetup.together(rivals)) {
                stored = stored == null ? answer.get() : stored;
                assertThat(answer.get()).isEqualTo(stored);
            }
            assertThat(vault.get(name)).contains(stored);
        }
    }

    @Test
    void a_destroyed_keys_bytes_are_in_no_file_while_others_stay() throws Exception {
        for (int seed = 0; seed < 50; seed++) {
            vault.putIfAbsent("key " + seed, key(seed));
        }
        assertThat(filesWith(key(7))).as("this test can find a key").isNotEmpty();

        vault.destroy("key 7");
        assertThat(vault.get("key 7")).isEmpty();
        assertThat(filesWith(key(7))).as("before closing").isEmpty();
        vault.close();
        assertThat(filesWith(key(7))).as("after closing").isEmpty();
        assertThat(filesWith(key(8))).isNotEmpty();

        vault = Vault.open(folder);
        assertThat(vault.get("key 7")).isEmpty();
        for (int seed = 0; seed < 50; seed++) {
            if (seed != 7) {
                assertThat(vault.get("key " + seed)).contains(key(seed));
            }
        }
    }

    @Test
    void a_key_is_destroyed_that_has_already_moved_through_the_files() throws Exception {
        for (int opening = 0; opening < 4; opening++) {
            vault.putIfAbsent("old", key(1));
            vault.putIfAbsent("other " + opening, key(100 + opening));
            vault.destroy("other " + opening);
            reopen();
        }
        assertThat(filesWith(key(1))).isNotEmpty();
        vault.destroy("old");
        assertThat(filesWith(key(1))).isEmpty();
        assertThat(filesWith(key(103))).isEmpty();
    }

    @Test
    void a_copy_has_the_keys_that_are_left_and_nothing_of_those_that_were_destroyed() throws Exception {
        for (int seed = 0; seed < 50; seed++) {
            vault.putIfAbsent("key " + seed, key(seed));
        }
        vault.destroy("key 7");
        Path copied = folder.resolve("copy");
        vault.copy(copied);

        assertThat(filesWith(key(7))).isEmpty();
        assertThat(filesWith(key(8)))
                .as("in the original and in the copy")
                .anyMatch(file -> file.startsWith(copied))
                .anyMatch(file -> !file.startsWith(copied));
        vault.putIfAbsent("later", key(99));
        try (Vault copy = Vault.open(copied)) {
            assertThat(copy.get("key 7")).isEmpty();
            assertThat(copy.get("key 8")).contains(key(8));
            assertThat(copy.get("later")).isEmpty();
        }
        assertThatThrownBy(() -> vault.copy(copied))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("already exists");
    }

    @Test
    void a_destroyed_key_never_comes_back() {
        vault.putIfAbsent("one", key(1));
        vault.destroy("one");
        vault.destroy("one");
        for (int opening = 0; opening < 2; opening++) {
            assertThat(vault.putIfAbsent("one", key(2))).isEmpty();
            assertThat(vault.get("one")).isEmpty();
            reopen();
        }
        Path copied = folder.resolve("copy");
        vault.copy(copied);
        try (Vault copy = Vault.open(copied)) {
            assertThat(copy.putIfAbsent("one", key(3)))
                    .as("a copy remembers it too")
                    .isEmpty();
        }
    }

    @Test
    void what_was_removed_may_come_again() {
        vault.putIfAbsent("one", key(1));
        vault.remove("one");
        vault.remove("one");
        reopen();
        assertThat(vault.get("one")).isEmpty();
        assertThat(vault.putIfAbsent("one", key(2))).contains(key(2));
    }

    @Test
    void readers_and_writers_go_on_while_keys_are_destroyed() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            vault.putIfAbsent("key " + seed, key(seed));
        }
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int seed = 0; seed < 10; seed++) {
            String doomed = "key " + seed;
            String kept = "key " + (10 + seed);
            byte[] expected = key(10 + seed);
            String fresh = "fresh " + seed;
            all.add(() -> {
                vault.destroy(doomed);
                return vault.get(doomed).isEmpty();
            });
            all.add(() -> Arrays.equals(vault.get(kept).orElseThrow(), expected)
                    && vault.putIfAbsent(fresh, expected).isPresent());
        }
        for (Future<Boolean> one : StoreSetup.together(all)) {
            assertThat(one.get()).isTrue();
        }
        for (int seed = 0; seed < 10; seed++) {
            assertThat(filesWith(key(seed))).as("key " + seed).isEmpty();
        }
    }

    @Test
    void nothing_is_no_key() {
        assertThatThrownBy(() -> vault.putIfAbsent("one", new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void destroying_what_is_not_there_harms_nothing() {
        vault.putIfAbsent("one", key(1));
        vault.destroy("never there");
        assertThat(vault.get("one")).contains(key(1));
    }

    @Test
    void only_its_owner_may_look_into_its_folder() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void it_is_opened_once_at_a_time() {
        assertThatThrownBy(() -> Vault.open(folder))
                .isInstanceOf(StoreInUseException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void a_closed_vault_refuses() {
        vault.close();
        vault.close();
        assertThatThrownBy(() -> vault.get("one"))
                .isInstanceOf(StoreException.class)
                .hasMessage("The vault is closed");
        assertThatThrownBy(() -> vault.putIfAbsent("one", key(1))).hasMessage("The vault is closed");
        assertThatThrownBy(() -> vault.destroy("one")).hasMessage("The vault is closed");
    }

    @Test
    void a_damaged_vault_is_not_taken_for_one_in_use() throws Exception {
        vault.close();
        Files.writeString(folder.resolve("CURRENT"), "nonsense", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Vault.open(folder)).isInstanceOf(StoreException.class);
    }

    /** RocksDB would create a new one, and every key would be lost. */
    @Test
    void a_vault_without_its_main_file_is_not_recreated() throws Exception {
        vault.putIfAbsent("one", key(1));
        vault.close();
        Path current = folder.resolve("CURRENT");
        String content = Files.readString(current);
        Files.delete(current);

        assertThatThrownBy(() -> Vault.open(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("CURRENT is missing");
        // The audit, which only reads the names, does not take such a vault for a missing one either.
        assertThatThrownBy(() -> VaultNames.isVault(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("CURRENT is missing");
        Files.writeString(current, content);
        assertThat(VaultNames.isVault(folder)).isTrue();
        vault = Vault.open(folder);
        assertThat(vault.get("one")).contains(key(1));
    }

    @Test
    void every_name_is_listed_with_its_key_or_as_destroyed() {
        vault.putIfAbsent("a", key(1));
        vault.putIfAbsent("b", key(2));
        vault.destroy("b");
        vault.putIfAbsent("c", key(3));
        vault.remove("c");
        Map<String, Optional<byte[]>> told = new TreeMap<>();

        vault.forEach(told::put);

        assertThat(told).containsOnlyKeys("a", "b");
        assertThat(told.get("a")).contains(key(1));
        assertThat(told.get("b")).isEmpty();
    }
}
