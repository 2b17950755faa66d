package dev.kontor.side.platform;

import dev.kontor.grpc.platform.StartException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Waits for what a process needs at its start, so that processes, stores and servers can start in any order. While it
 * waits it logs so, first after a second and then every minute. The wait ends when the process shuts down. Thread-safe.
 */
@Component
public class StartupDependencies {

    private static final Logger log = LoggerFactory.getLogger(StartupDependencies.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration FIRST_WORD = Duration.ofSeconds(1);
    private static final Duration BETWEEN_WORDS = Duration.ofMinutes(1);

    /** A driver's message lists the failure of each member of a cluster. */
    private static final int LONGEST_REASON = 300;

    private final Set<String> missing = new ConcurrentSkipListSet<>();

    /** What the start waits for at the moment, for operators. */
    List<String> missing() {
        return List.copyOf(missing);
    }

    /**
     * Waits until it is there.
     *
     * @param what for log lines
     * @param isThere called repeatedly. A transient failure of a store or process counts as not there yet; any other
     *     failure is rethrown
     * @throws StartException if the process shuts down, or the thread is interrupted
     */
    public void await(String what, BooleanSupplier isThere) {
        if (look(isThere, null)) {
            return;
        }
        AtomicBoolean ending = new AtomicBoolean();
        Thread hook = Thread.ofPlatform().unstarted(() -> ending.set(true));
        Runtime.getRuntime().addShutdownHook(hook);
        missing.add(what);
        try {
            awaitUnless(ending, what, isThere);
        } finally {
            missing.remove(what);
            if (!ending.get()) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    private static void awaitUnless(AtomicBoolean ending, String what, BooleanSupplier isThere) {
        long begin = System.nanoTime();
        long nextWord = begin + FIRST_WORD.toNanos();
        boolean said = false;
        while (true) {
            boolean speak = System.nanoTime() >= nextWord;
            if (look(isThere, speak ? what : null)) {
                break;
            }
            if (speak) {
                said = true;
                nextWord = System.nanoTime() + BETWEEN_WORDS.toNanos();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            if (ending.get() || Thread.currentThread().isInterrupted()) {
                throw new StartException("Shut down while waiting for " + what);
            }
        }
        if (said) {
            log.info("{} is available after {} s", what, (System.nanoTime() - begin) / 1_000_000_000);
        }
    }

    /** @param spokenOf null to log nothing */
    private static boolean look(BooleanSupplier isThere, String spokenOf) {
        String why = "";
        try {
            if (isThere.getAsBoolean()) {
                return true;
            }
        } catch (RuntimeException e) {
            if (!FailureClassifier.isTransient(e)) {
                throw e;
            }
            why = ": " + e.getMessage();
        }
        if (spokenOf != null) {
            log.warn("waiting for {}{}", spokenOf, why.substring(0, Math.min(why.length(), LONGEST_REASON)));
        }
        return false;
    }
}
