package dev.kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/certificates.sh}, on machines with openssl. */
class CertificatesScriptTest {

    private static final Path SCRIPT = Path.of("..", "deploy", "certificates.sh");
    private static final List<Object> EXTENDED_USES = List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");

    @TempDir
    private Path folder;

    private record Said(int code, String text) {}

    private static Said run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private Said make() throws IOException, InterruptedException {
        return run("sh", SCRIPT.toString(), folder.resolve("made").toString());
    }

    private X509Certificate read(String name) throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(folder.resolve("made").resolve(name + ".pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    @BeforeEach
    void openssl_is_installed() throws InterruptedException {
        boolean there;
        try {
            there = run("openssl", "version").code() == 0;
        } catch (IOException notFound) {
            there = false;
        }
        assumeThat(there).as("openssl is installed").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"command-side", "query-side", "gateway", "axonserver"})
    void each_process_has_a_certificate_for_both_ends_of_a_connection(String process) throws Exception {
        assertThat(make().code()).isZero();

        X509Certificate certificate = read(process);
        certificate.verify(read("ca").getPublicKey());
        assertThat(certificate.getBasicConstraints()).as("no authority").isEqualTo(-1);
        assertThat(List.<Object>copyOf(certificate.getExtendedKeyUsage())).isEqualTo(EXTENDED_USES);
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .contains(process, "localhost", "127.0.0.1");
        // A container reads the files as another user; the permissions of the folder exclude the machine's other users.
        Path key = folder.resolve("made").resolve(process + "-key.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("r--r--r--");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void it_prints_each_certificate_and_its_purpose() throws Exception {
        assertThat(make().text()).contains("for development only", "gateway.pem", "KONTOR_TLS_CA");
    }

    @Test
    void existing_files_are_not_overwritten() throws Exception {
        make();
        byte[] before = Files.readAllBytes(folder.resolve("made").resolve("ca.pem"));

        Said refused = make();

        assertThat(refused.code()).isOne();
        assertThat(refused.text()).contains("is not empty");
        assertThat(folder.resolve("made").resolve("ca.pem")).hasBinaryContent(before);
    }

    @Test
    void without_a_folder_it_prints_its_usage() throws Exception {
        Said refused = run("sh", SCRIPT.toString());

        assertThat(refused.code()).isOne();
        assertThat(refused.text()).startsWith("Usage: ");
    }
}
