package dev.kontor.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * However the process ends in the middle of orders: what was acknowledged stays, and everything adds up. More cycles with
 * {@code ./kontor crash-test N}.
 */
class KillIT {

    private static final int CYCLES = Integer.getInteger("kontor.crash.cycles", 10);
    private static final long SEED = Long.getLong("kontor.crash.seed", System.nanoTime());

    /** New customers and new products after so many cycles: what a list of orders holds stays short. */
    private static final int CYCLES_OF_A_LEDGER = 5;
    /** In every so many cycles it is also killed while it starts. */
    private static final int CYCLES_PER_KILLED_START = 5;

    private static final int FIRST_ORDERS = 20;
    private static final long LATEST_KILL_MILLIS = 1_500;
    private static final long LATEST_KILL_OF_START_MILLIS = 6_000;
    private static final Duration GRACE = Duration.ofSeconds(40);
    /** 128 + SIGTERM: how a JVM says that it was asked to end. */
    private static final int TERMINATED = 143;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path data;

    private final Random random = new Random(SEED);
    private final List<Ledger> ledgers = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private long acknowledged;
    private Victim victim;

    @AfterEach
    void close() {
        victim.close();
    }

    @Test
    void after_each_kill_every_acknowledged_order_is_there_and_the_stock_adds_up() {
        victim = new Victim(data.resolve("first"));
        victim.start();
        say("Killed at random %d times, seed %d, data in %s", CYCLES, SEED, data);
        Rush rush = null;
        for (int cycle = 1; cycle <= CYCLES; cycle++) {
            if (rush == null || cycle % CYCLES_OF_A_LEDGER == 1) {
                ledgers.addFirst(victim.newLedger(Rush.BUYERS));
                rush = new Rush(ledgers.getFirst(), victim.shop());
            }
            if (!survives(cycle, rush)) {
                // What is wrong once would be found again in every cycle.
                ledgers.clear();
                rush = null;
                victim.close();
                victim = new Victim(data.resolve("after-cycle-" + cycle));
                victim.start();
            }
        }
        List<Ledger> earlier = ledgers.isEmpty() ? ledgers : ledgers.subList(1, ledgers.size());
        earlier.forEach(ledger -> holds("at the end", () -> Audit.of(ledger, victim.shop())));
        victim.kontor().kill();
        holds("at the end", victim::audit);
        say("%d cycles, %,d acknowledged orders, %d violations", CYCLES, acknowledged, violations.size());
        assertThat(violations).isEmpty();
    }

    private boolean survives(int cycle, Rush rush) {
        long millis = random.nextLong(LATEST_KILL_MILLIS);
        Ledger ledger = ledgers.getFirst();
        int before = ledger.orders().size();
        rush.at(victim.shop(), FIRST_ORDERS, () -> killAfter(millis));
        int inThisCycle = ledger.orders().size() - before;
        acknowledged += inThisCycle;
        String startKilled = "";
        if (cycle % CYCLES_PER_KILLED_START == 0) {
            long soon = random.nextLong(LATEST_KILL_OF_START_MILLIS);
            victim.begin();
            killAfter(soon);
            startKilled = ", killed again %,d ms into its start".formatted(soon);
        }
        boolean whole = holds("cycle " + cycle, victim::audit);
        victim.start();
        whole &= holds("cycle " + cycle, () -> Audit.of(ledger, victim.shop()));
        say(
                "cycle %d: killed %,d ms after order %d of %d%s; ready after %.1f s; %s",
                cycle,
                millis,
                FIRST_ORDERS,
                inThisCycle,
                startKilled,
                victim.startTook().toMillis() / 1_000.0,
                whole ? "audit clean, all is there" : "VIOLATION " + violations.getLast());
        return whole;
    }

    private void killAfter(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
        victim.kontor().kill();
    }

    private boolean holds(String when, Runnable check) {
        try {
            check.run();
            return true;
        } catch (AssertionError violation) {
            violations.add(when + ": " + violation.getMessage());
            return false;
        }
    }

    @Test
    void a_signal_ends_the_process_in_time_and_loses_nothing() {
        victim = new Victim(data);
        Shop shop = victim.start();
        Ledger ledger = victim.newLedger(Rush.BUYERS);
        new Rush(ledger, shop).at(shop, 100, () -> {
            victim.kontor().stop();
            assertThat(victim.kontor().exitCode(GRACE)).isIn(0, TERMINATED);
        });
        assertThat(victim.kontor().output()).doesNotContain(" ERROR ", "\tat ");

        victim.audit();
        Audit.of(ledger, victim.start());
    }

    private static void say(String line, Object... values) {
        System.out.println(line.formatted(values));
    }
}
