package dev.kontor.command.identity;

import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Memory-hard hashing of passwords: Argon2id, 19 MiB, 2 passes. It runs on a few threads of its own behind a bounded
 * queue, so that a crowd signing in takes neither all processors nor all memory.
 */
@Component
class PasswordHashing implements AutoCloseable {

    private static final int WAITING_AT_MOST = 256;

    private final PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
    private final ExecutorService pool;
    /** Proved against where there is no account, so that the answer takes as long as for one. */
    private final String nobody;

    PasswordHashing() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.pool = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_AT_MOST),
                Thread.ofPlatform().name("password-hashing-", 0).daemon().factory());
        this.nobody = encoder.encode("nobody");
    }

    String hash(String password) {
        return run(() -> encoder.encode(password));
    }

    boolean matches(String password, String hash) {
        return run(() -> encoder.matches(password, hash));
    }

    /** Takes as long as {@link #matches} and never does. */
    void matchesNobody(String password) {
        run(() -> encoder.matches(password, nobody));
    }

    private <T> T run(Callable<T> work) {
        try {
            return pool.submit(work).get();
        } catch (RejectedExecutionException e) {
            throw new Refused(Problem.OVERLOADED, "Too many people sign in at this moment");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Problem.UNAVAILABLE, "The call was given up");
        } catch (ExecutionException e) {
            throw new IllegalStateException("A password could not be hashed", e.getCause());
        }
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
