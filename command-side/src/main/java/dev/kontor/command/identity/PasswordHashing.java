package dev.kontor.command.identity;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.Context;
import io.grpc.Deadline;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Memory-hard hashing of passwords: Argon2id, 19 MiB, 2 passes, about 40 ms each. It runs on a few threads of its own,
 * so that many sign-ins at once do not take all processors and memory. About 5 s of work may wait; more is refused at
 * once, because its callers would time out. Waiting work of a cancelled call is dropped.
 */
@Component
class PasswordHashing implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PasswordHashing.class);
    private static final int WAITING_PER_THREAD = 120;
    /** Random bytes in the form of a new hash: a start does not spend the time of a real one on it. */
    static final String UNKNOWN_ACCOUNT =
            "$argon2id$v=19$m=19456,t=2,p=1$+V0ZuZ2c5qEezLAzfAG7hA$o8S4/wmOik6FA5IIGufb79llHiqEvltCjXzAYa9ESXU";

    private final PasswordEncoder encoder;
    private final ThreadPoolExecutor pool;
    /** Compared with if there is no account, so that the answer takes equally long. */
    private final String unknownAccount;

    PasswordHashing() {
        this(
                new Argon2PasswordEncoder(16, 32, 1, 19_456, 2),
                UNKNOWN_ACCOUNT,
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                WAITING_PER_THREAD);
    }

    /**
     * @param unknownAccount a hash of this encoder
     * @param waitingPerThread waiting tasks per thread
     */
    PasswordHashing(PasswordEncoder encoder, String unknownAccount, int threads, int waitingPerThread) {
        this.encoder = encoder;
        this.pool = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(threads * waitingPerThread),
                Thread.ofPlatform().name("password-hashing-", 0).daemon().factory());
        this.unknownAccount = unknownAccount;
    }

    /** Hashes a password on the calling thread. Only for work that waited {@link #inTurn}. */
    String hash(String password) {
        return encoder.encode(password);
    }

    boolean matches(String password, String hash) {
        return inTurn(() -> encoder.matches(password, hash));
    }

    /** Takes as long as {@link #matches}, and never matches. */
    void matchesUnknownAccount(String password) {
        matches(password, unknownAccount);
    }

    /** Whether new hashes have higher parameters. */
    boolean isOutdated(String hash) {
        return encoder.upgradeEncoding(hash);
    }

    /**
     * Runs this work when its turn has come, and returns its result.
     *
     * @throws RefusedException with {@link Problem#OVERLOADED} if too much work waits, or thrown by the work itself
     */
    <T> T inTurn(Supplier<T> work) {
        Context caller = Context.current();
        Callable<T> unlessGivenUp = caller.wrap((Callable<T>) () -> {
            if (isGivenUp(caller)) {
                throw new RefusedException(Problem.DEADLINE_EXCEEDED, "The call was cancelled");
            }
            return work.get();
        });
        try {
            return pool.submit(unlessGivenUp).get();
        } catch (RejectedExecutionException e) {
            throw new RefusedException(Problem.OVERLOADED, "Too many sign-ins at this moment");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(Problem.UNAVAILABLE, "The call was interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("A password could not be hashed", e.getCause());
        }
    }

    /** Runs this some time after the call was answered. It is dropped if the queue is full, or if it fails. */
    void later(Runnable work) {
        try {
            pool.execute(Context.current().fork().wrap(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    log.warn("a password's hash was not upgraded; the next sign-in tries again", e);
                }
            }));
        } catch (RejectedExecutionException e) {
            log.debug("a password's hash was not upgraded: the queue is full");
        }
    }

    /** Tasks that wait for their turn. */
    int waiting() {
        return pool.getQueue().size();
    }

    private static boolean isGivenUp(Context caller) {
        Deadline deadline = caller.getDeadline();
        return caller.isCancelled() || deadline != null && deadline.isExpired();
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
