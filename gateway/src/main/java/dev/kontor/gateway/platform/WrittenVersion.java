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

/** Reading one's own write: the query side is asked to wait until the document shows what was just written. */
public final class WrittenVersion {

    private static final Logger log = LoggerFactory.getLogger(WrittenVersion.class);

    private WrittenVersion() {}

    /** Asks for the version just written, with the query side's own limit of time. */
    public static Freshness of(Written written) {
        return Freshness.newBuilder().setAtLeastVersion(written.getVersion()).build();
    }

    /**
     * What was read if it shows the write; empty where the client does not want to wait, where the wait ran out, and
     * where the read failed: the write is durable by then, so a failing read is no reason to answer with an error.
     */
    public static <R> Optional<R> await(PreferHeader preference, Supplier<R> read, Predicate<R> fresh) {
        return preference.async() ? Optional.empty() : tryRead(read).filter(fresh);
    }

    /** What a read after a write found, empty where it failed. */
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
