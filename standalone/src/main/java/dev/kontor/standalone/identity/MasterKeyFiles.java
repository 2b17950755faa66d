package dev.kontor.standalone.identity;

import dev.kontor.api.customer.WrappingKey;
import dev.kontor.command.identity.MasterKeys;
import dev.kontor.grpc.platform.StartException;
import dev.kontor.side.identity.MasterKey;
import dev.kontor.standalone.platform.Folders;
import dev.kontor.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * Reads the master keys from the environment, or from files of the data folder that only the owner can read and that
 * the first start creates. Without them all personal data is lost.
 *
 * <p>During a rotation there is a second key for each, in the environment or in a file {@code *.next}. Kontor decrypts
 * with both, so an interrupted rotation is harmless.
 */
public final class MasterKeyFiles {

    private static final String UNFINISHED = ".new";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private static final Place CUSTOMERS = new Place("KONTOR_MASTER_KEY", "master.key");
    private static final Place SIGNING = new Place("KONTOR_SIGNING_MASTER_KEY", "signing.key");

    private final Path folder;
    private final Map<String, String> environment;

    /** The variable and the file of one of the two keys. */
    private record Place(String variable, String file) {}

    /** @param environment may contain the keys */
    public MasterKeyFiles(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * The keys of a folder; created if there are none.
     *
     * @param mustBeThere whether there is data that they decrypt
     * @throws StartException for an invalid or guessable key, or a required one that is missing
     */
    static MasterKeys in(Path folder, Map<String, String> environment, boolean mustBeThere) throws IOException {
        MasterKeyFiles files = new MasterKeyFiles(folder, environment);
        if (mustBeThere) {
            files.refuseMissing();
        }
        return files.read();
    }

    private MasterKeys read() throws IOException {
        byte[] customers = first(CUSTOMERS);
        byte[] signing = first(SIGNING);
        MasterKey.refuseOneForBoth(customers, signing);
        return new MasterKeys(with(second(CUSTOMERS), customers), with(second(SIGNING), signing));
    }

    private static WrappingKey with(byte[] second, byte[] first) {
        return second == null ? WrappingKey.of(first) : WrappingKey.of(first, second);
    }

    /**
     * The keys of a rotation: new ones, which wrap, and the previous ones, which only unwrap. For a key in a file, this
     * creates a new one beside it, unless an interrupted rotation has done so; for a key in the environment, the new
     * one is there and the previous one is given as the second. {@link #finishRotation} ends the rotation.
     *
     * @throws StartException if there is no key to replace, if a key in the environment has no second
     *     one, or if the new keys are not new or are equal
     */
    public MasterKeys beginRotation() throws IOException {
        refuseMissing();
        MasterKey.refuseOneForBoth(first(CUSTOMERS), first(SIGNING));
        return new MasterKeys(rotated(CUSTOMERS), rotated(SIGNING));
    }

    /** A new key would decrypt nothing. */
    private void refuseMissing() {
        for (Place place : new Place[] {CUSTOMERS, SIGNING}) {
            if (!environment.containsKey(place.variable()) && !Files.exists(folder.resolve(place.file()))) {
                throw new StartException("There is no %s in %s, and %s is not set: the keys cannot be opened"
                        .formatted(place.file(), folder, place.variable()));
            }
        }
    }

    private WrappingKey rotated(Place place) throws IOException {
        byte[] first = first(place);
        if (environment.containsKey(place.variable())) {
            byte[] before = second(place);
            if (before == null) {
                throw new StartException("%s is given by the environment: set it to a new key, and %s to the one before"
                        .formatted(place.variable(), MasterKey.secondOf(place.variable())));
            }
            MasterKey.refuseUnchanged(first, before, place.variable());
            return WrappingKey.of(first, before);
        }
        return WrappingKey.of(inFile(next(place)), first);
    }

    /** Replaces the previous keys by the new ones. Call only when no key is wrapped by a previous one. */
    public void finishRotation() throws IOException {
        for (Place place : new Place[] {CUSTOMERS, SIGNING}) {
            if (Files.exists(next(place))) {
                Files.move(
                        next(place),
                        folder.resolve(place.file()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path next(Place place) {
        return folder.resolve(place.file() + ".next");
    }

    private byte[] first(Place place) throws IOException {
        String given = environment.get(place.variable());
        return given == null
                ? inFile(folder.resolve(place.file()))
                : MasterKey.decode(given.strip(), "the environment variable " + place.variable());
    }

    /** Null if there is none. */
    private byte[] second(Place place) throws IOException {
        String variable = MasterKey.secondOf(place.variable());
        String given = environment.getOrDefault(variable, "");
        if (!given.isBlank()) {
            return MasterKey.decode(given.strip(), "the environment variable " + variable);
        }
        return Files.exists(next(place)) ? inFile(next(place)) : null;
    }

    private static byte[] inFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        refuseIfOthersCanRead(file);
        return MasterKey.decode(Files.readString(file).strip(), file.toString());
    }

    /** Writes under another name first: an interrupted write would leave an empty key for the next start. */
    private static void create(Path file) throws IOException {
        byte[] fresh = new byte[MasterKey.BYTES];
        new SecureRandom().nextBytes(fresh);
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(unfinished);
        try (FileChannel channel =
                PrivateFiles.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer encoded = ByteBuffer.wrap(Base64.getEncoder().encode(fresh));
            while (encoded.hasRemaining()) {
                channel.write(encoded);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(file.toAbsolutePath().getParent());
    }

    private static void refuseIfOthersCanRead(Path file) throws IOException {
        if (isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new StartException(
                    "%s can be read by others than its owner. Make it private: chmod 600 %s".formatted(file, file));
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
