package dev.kontor.gateway.platform;

import dev.kontor.proto.Freshness;
import dev.kontor.proto.Written;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Read-your-writes: asks the query side to wait until the document shows the caller's write. */
public final class WrittenVersion {

    private static final Logger log = LoggerFactory.getLogger(WrittenVersion.class);

    private WrittenVersion() {}

    /** Requires the written version, with the default wait of the query side. */
    public static Freshness of(Written written) {
        return Freshness.newBuilder().setAtLeastVersion(written.getVersion()).build();
    }

    /**
     * The read if it shows the write. Empty if the client does not want to wait, if the wait ended first, or if the
     * read failed: the write is durable, so a failed read is not answered as an error.
     */
    public static <R> Optional<R> await(PreferHeader preference, Supplier<R> read, Predicate<R> fresh) {
        return preference.async() ? Optional.empty() : tryRead(read).filter(fresh);
    }

    /** The result of a read after a write; empty if it failed. */
    public static <R> Optional<R> tryRead(Supplier<R> read) {
        try {
            return Optional.of(read.get());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                log.debug("a write is durable, but no view shows it yet: {}", e.getStatus());
            } else {
                log.warn("a write is durable, but reading it back failed: {}", e.getStatus());
            }
            return Optional.empty();
        }
    }
}
