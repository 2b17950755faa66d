package dev.kontor.standalone.operations;

import dev.kontor.audit.platform.AuditReport;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.standalone.platform.Folders;
import dev.kontor.store.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Audits the running system in a checkpoint. One audit at a time: each takes a thread and memory. */
@Component
class Audits {

    private static final Logger log = LoggerFactory.getLogger(Audits.class);

    private final Checkpoints checkpoints;
    private final Vault vault;
    private final Clock clock;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    Audits(Checkpoints checkpoints, Vault vault, Clock clock) {
        this.checkpoints = checkpoints;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * @param unwanted whether the caller no longer waits for the report; asked once a second
     * @throws RefusedException if another audit is running
     */
    AuditReport run(BooleanSupplier unwanted) {
        if (!oneAtATime.tryLock()) {
            throw new RefusedException(Problem.CONFLICT, "An audit is running already. Try again when it has ended");
        }
        try {
            Checkpoints.Made made = checkpoints.create(false);
            try {
                return onItsOwnThread(made, unwanted);
            } finally {
                Folders.delete(made.folder());
            }
        } catch (Checkpoints.TooMany tooMany) {
            throw new RefusedException(Problem.CONFLICT, tooMany.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("The audit's copy could not be made or removed", e);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** A virtual thread that computes for seconds would block many others. */
    private AuditReport onItsOwnThread(Checkpoints.Made made, BooleanSupplier unwanted) {
        FutureTask<AuditReport> audit = new FutureTask<>(() -> AuditedFolder.audit(
                made.folder(),
                reader -> vault.forEach((name, key) -> reader.accept(name)),
                line -> {
                    if (unwanted.getAsBoolean()) {
                        throw new RefusedException(
                                Problem.DEADLINE_EXCEEDED, "The caller no longer waits for this audit");
                    }
                    log.debug("audit: {}", line);
                },
                fold -> fold.running(clock.instant(), upFor())));
        Thread.ofPlatform().name("audit").start(audit);
        try {
            return audit.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while an audit was running", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("The audit failed", e.getCause());
        }
    }

    private static Duration upFor() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }
}
