package dev.kontor.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** A certificate authority for a test, which writes PEM files. It uses only the JDK. */
public final class TestCertificates {

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path store;

    /** @param folder for the files; each authority needs a separate one */
    public TestCertificates(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("store.p12");
        keytool(
                "-alias",
                "ca",
                "-dname",
                "CN=Test CA",
                "-ext",
                "bc:critical=ca:true",
                "-ext",
                "ku:critical=keyCertSign");
        write(authority(), "CERTIFICATE", encodedCertificate("ca"));
    }

    /** The authority's certificate. */
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /**
     * Issues a certificate for clients and servers.
     *
     * @param names in keytool's notation, such as {@code dns:localhost,ip:127.0.0.1}
     */
    public TestCertificates give(String process, String names) {
        // Each call replaces the files by a new pair.
        String alias = process + "-" + UUID.randomUUID();
        keytool(
                "-alias",
                alias,
                "-dname",
                "CN=" + process,
                "-signer",
                "ca",
                "-ext",
                "eku=serverAuth,clientAuth",
                "-ext",
                "san=" + names);
        write(certificate(process), "CERTIFICATE", encodedCertificate(alias));
        write(key(process), "PRIVATE KEY", encodedKey(alias));
        return this;
    }

    public Path certificate(String process) {
        return folder.resolve(process + ".pem");
    }

    public Path key(String process) {
        return folder.resolve(process + "-key.pem");
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        command.addAll(List.of(arguments));
        try {
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new AssertionError(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private byte[] encodedCertificate(String alias) {
        try {
            return open().getCertificate(alias).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] encodedKey(String alias) {
        try {
            Key key = open().getKey(alias, PASSWORD.toCharArray());
            return key.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private KeyStore open() throws GeneralSecurityException {
        KeyStore opened = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(store)) {
            opened.load(bytes, PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return opened;
    }

    private static void write(Path file, String kind, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        try {
            Files.writeString(file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, base64, kind));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
