package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.OnSharedKontor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failed start states the reason in a sentence, and ends. */
@OnSharedKontor
class StartIT {

    private static final Duration UNTIL_REFUSED = Duration.ofSeconds(120);

    @TempDir
    private Path data;

    @Test
    void a_folder_that_is_in_use_is_named(KontorProcess running) {
        String said = refused(running.data());

        assertThat(said).contains(running.data().toString(), "in use by another process");
        assertThat(running.isAlive()).isTrue();
    }

    @Test
    void nothing_listens_but_rest_and_grpc_only_where_a_port_is_given() {
        try (KontorProcess kontor = KontorProcess.start(data, "--spring.grpc.server.port=")) {
            assertThat(kontor.output()).doesNotContain("gRPC");
            assertThat(kontor.listeningPorts()).containsExactly(kontor.rest().getPort());
        }
        try (KontorProcess kontor = KontorProcess.start(data, "--spring.grpc.server.port=0")) {
            assertThat(kontor.grpc()).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.port", "spring.grpc.server.port"})
    void a_port_in_use_is_named(String property) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String said = refused(data, "--" + property + "=" + taken.getLocalPort());

            assertThat(said).contains(Integer.toString(taken.getLocalPort())).containsPattern("in use|taken");
        }
    }

    @Test
    void a_key_that_others_can_read_is_named() throws IOException {
        Path key = data.resolve("master.key");
        Files.writeString(key, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(refused(data)).contains("can be read by others", "chmod 600 " + key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void a_key_that_is_empty_or_a_sample_is_named_and_not_shown(String key) {
        try (KontorProcess kontor = KontorProcess.begin(data, Map.of("KONTOR_SIGNING_MASTER_KEY", key))) {
            assertThat(kontor.exitCode(UNTIL_REFUSED)).isEqualTo(1);
            assertThat(kontor.output())
                    .contains("KONTOR_SIGNING_MASTER_KEY", "openssl rand -base64 32")
                    .doesNotContain("\tat ", "Kontor is ready", "AAAA");
        }
    }

    @Test
    void a_wrong_signing_master_key_is_named() {
        try (KontorProcess kontor = KontorProcess.start(data)) {
            kontor.stop();
            assertThat(kontor.exitCode(UNTIL_REFUSED)).isNotNegative();
        }
        String another = "9QyB6Jt5kq0nS1xN4oZ2mYw7cR8vHf3uTgLdEaPiKb0=";
        try (KontorProcess kontor = KontorProcess.begin(data, Map.of("KONTOR_SIGNING_MASTER_KEY", another))) {
            assertThat(kontor.exitCode(UNTIL_REFUSED)).isEqualTo(1);
            assertThat(kontor.output())
                    .contains("The signing key does not open with this master key")
                    .doesNotContain("\tat ", "Kontor is ready", another);
        }
    }

    @Test
    void a_data_folder_that_is_a_file_is_named() throws IOException {
        Path file = Files.createFile(data.resolve("not-a-folder"));

        assertThat(refused(file)).contains(file.toString());
    }

    @Test
    void a_data_folder_that_others_can_read_is_closed_to_them_with_a_message() throws IOException {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (KontorProcess kontor = KontorProcess.start(data)) {
            for (Path folder : List.of(
                    data, data.resolve("log"), data.resolve("views"), data.resolve("search"), data.resolve("keys"))) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                        .as(folder.toString())
                        .isEqualTo("rwx------");
            }
            assertThat(kontor.output()).contains("other users of this machine had access to " + data);
        }
    }

    /** Its output, which may contain no stack trace. */
    private static String refused(Path folder, String... arguments) {
        try (KontorProcess kontor = KontorProcess.begin(folder, arguments)) {
            assertThat(kontor.exitCode(UNTIL_REFUSED)).isNotZero();
            assertThat(kontor.output()).doesNotContain("\tat ", "Kontor is ready");
            return kontor.output();
        }
    }
}
