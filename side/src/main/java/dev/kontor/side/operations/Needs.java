package dev.kontor.side.operations;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process cannot start without, and waits for: so that processes, stores and servers can be started in any order.
 * While it waits it says so, at first after a second and then every ten. Whoever asks the process to end need not wait.
 */
public final class Needs {

    private static final Logger log = LoggerFactory.getLogger(Needs.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration FIRST_WORD = Duration.ofSeconds(1);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(10);

    /** Spring's own switch, by which a start is recorded for an image: it ends before anything is connected to. */
    private static final boolean IS_ONLY_RECORDED = "onRefresh".equals(System.getProperty("spring.context.exit"));

    private Needs() {}

    /**
     * Waits until it is there.
     *
     * @param what for people
     * @param isThere asked again and again. Where it fails by a store or process that is away, that is not there yet; any
     *     other failure is thrown on
     * @throws IllegalStateException where the process is asked to end, or the thread is interrupted
     */
    public static void await(String what, BooleanSupplier isThere) {
        if (IS_ONLY_RECORDED) {
            throw new IllegalStateException("This start is only recorded; it does not wait for " + what);
        }
        if (look(isThere, null)) {
            return;
        }
        AtomicBoolean ending = new AtomicBoolean();
        Thread hook = Thread.ofPlatform().unstarted(() -> ending.set(true));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            awaitUnless(ending, what, isThere);
        } finally {
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
            if (!Troubles.mayPass(e)) {
                throw e;
            }
            why = ": " + e.getMessage();
        }
        if (spokenOf != null) {
            log.warn("waiting for {}{}", spokenOf, why);
        }
        return false;
    }
}
