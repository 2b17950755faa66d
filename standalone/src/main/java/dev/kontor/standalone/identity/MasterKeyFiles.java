package dev.kontor.standalone.identity;

import dev.kontor.command.identity.MasterKeys;
import dev.kontor.side.identity.MasterKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the master keys come from: the environment, or a file of the data folder that only its owner can read, made at
 * the first start. Losing them is losing every account's personal data.
 */
final class MasterKeyFiles {

    private static final Logger log = LoggerFactory.getLogger(MasterKeyFiles.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private MasterKeyFiles() {}

    /**
     * @param environment where the keys may be given
     * @throws IllegalStateException for a key that is none, or that anybody could guess
     */
    static MasterKeys in(Path folder, Map<String, String> environment) throws IOException {
        byte[] customers = key(environment, "KONTOR_MASTER_KEY", folder.resolve("master.key"));
        byte[] signing = key(environment, "KONTOR_SIGNING_MASTER_KEY", folder.resolve("signing.key"));
        if (MessageDigest.isEqual(customers, signing)) {
            throw new IllegalStateException(
                    "The master key and the signing master key are the same. Make two: openssl rand -base64 32");
        }
        return new MasterKeys(customers, signing);
    }

    private static byte[] key(Map<String, String> environment, String variable, Path file) throws IOException {
        String given = environment.get(variable);
        if (given != null) {
            return MasterKey.decode(given.strip(), "the environment variable " + variable);
        }
        if (!Files.exists(file)) {
            create(file);
        }
        refuseIfOthersCanRead(file);
        return MasterKey.decode(Files.readString(file).strip(), file.toString());
    }

    private static void create(Path file) throws IOException {
        byte[] fresh = new byte[MasterKey.BYTES];
        new SecureRandom().nextBytes(fresh);
        FileAttribute<?>[] ownerOnly = isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC),
                ownerOnly)) {
            channel.write(ByteBuffer.wrap(Base64.getEncoder().encode(fresh)));
        } catch (FileAlreadyExistsException e) {
            log.debug("{} was made by somebody else just now", file);
        }
    }

    private static void refuseIfOthersCanRead(Path file) throws IOException {
        if (isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IllegalStateException(
                    "%s can be read by others than its owner. Make it private: chmod 600 %s".formatted(file, file));
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
