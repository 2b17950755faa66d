package dev.kontor.standalone.operations;

import dev.kontor.command.identity.SigningKeyRevokedNotice;
import dev.kontor.command.identity.TokenIssuer;
import dev.kontor.standalone.platform.Addresses;
import dev.kontor.standalone.platform.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the address of this process and an operator's token to the data folder, readable by the owner only, for the
 * launcher's tools. A user who can read it can also read the keys beside it.
 */
@Component
class OperatorToken {

    private static final Logger log = LoggerFactory.getLogger(OperatorToken.class);
    private static final Duration RENEWED_EVERY = TokenIssuer.ACCESS_TOKEN_LIFETIME.dividedBy(3);

    private final DataFolder data;
    private final TokenIssuer authority;
    private final Addresses addresses;
    private final JsonMapper mapper = new JsonMapper();
    private final ScheduledExecutorService renewing = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("operator-token").factory());

    OperatorToken(DataFolder data, TokenIssuer authority, Addresses addresses) {
        this.data = data;
        this.authority = authority;
        this.addresses = addresses;
    }

    @EventListener
    void on(ApplicationReadyEvent event) throws IOException {
        write();
        renewing.scheduleAtFixedRate(
                this::renew, RENEWED_EVERY.toSeconds(), RENEWED_EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    /** The present token is revoked. Renewed on the thread of the renewals, so that the publisher continues. */
    @EventListener
    void on(SigningKeyRevokedNotice event) {
        renewing.execute(() -> {
            if (Files.exists(data.operatorToken())) {
                renew();
            }
        });
    }

    private void renew() {
        try {
            write();
        } catch (IOException | RuntimeException e) {
            // The next renewal tries again; the present token is valid for two more.
            log.warn("the operator's token could not be renewed: {}", e.toString());
        }
    }

    private void write() throws IOException {
        String content =
                mapper.writeValueAsString(Map.of("rest", addresses.rest(), "token", authority.issueToOperator()));
        Path file = data.operatorToken();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(
                fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(fresh))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @EventListener
    void on(ContextClosedEvent event) {
        renewing.shutdownNow();
        try {
            // A renewal in progress would write a token after this.
            renewing.awaitTermination(5, TimeUnit.SECONDS);
            Files.deleteIfExists(data.operatorToken());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
