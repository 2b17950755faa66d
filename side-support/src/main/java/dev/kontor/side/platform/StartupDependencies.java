package dev.kontor.side.platform;

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
 * What a process cannot start without, and waits for: so that processes, stores and servers can be started in any order.
 * While it waits it says so, at first after a second and then every minute. Whoever asks the process to end need not wait.
 * Safe for many threads.
 */
@Component
public class StartupDependencies {

    private static final Logger log = LoggerFactory.getLogger(StartupDependencies.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration FIRST_WORD = Duration.ofSeconds(1);
    private static final Duration BETWEEN_WORDS = Duration.ofMinutes(1);

    /** A driver tells of each member of a cluster what is wrong with it. */
    private static final int LONGEST_REASON = 300;

    private final Set<String> missing = new ConcurrentSkipListSet<>();

    /** What is waited for at the moment, in words for people. */
    List<String> missing() {
        return List.copyOf(missing);
    }

    /**
     * Waits until it is there.
     *
     * @param what for people
     * @param isThere asked again and again. Where it fails by a store or process that is away, that is not there yet; any
     *     other failure is thrown on
     * @throws IllegalStateException where the process is asked to end, or the thread is interrupted
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
                throw new IllegalStateException("Asked to end while waiting for " + what);
            }
        }
        if (said) {
            log.info("{} is there after {} s", what, (System.nanoTime() - begin) / 1_000_000_000);
        }
    }

    /** @param spokenOf null where nothing is to be said */
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
