package dev.kontor.standalone.crash;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.crash.CrashPoint;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.NoAnswer;
import dev.kontor.standalone.Shop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The process ends at a named point of a named step; after a restart it has everything acknowledged, and the audit is
 * clean. Each start checks the previous crash and is the stage of the next one. Every point and every step occurs; all
 * combinations with {@code -Dkontor.crash.all=true}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashPointIT {

    private static final boolean ALL = Boolean.getBoolean("kontor.crash.all");
    private static final long SEED = Long.getLong("kontor.crash.seed", System.nanoTime());
    private static final int CASES_AT_LEAST = 14;

    /** How often a step is prepared before the point is armed: most points are passed each time. */
    private static final int TIMES_DONE = 4;

    private static final Duration SOON = Duration.ofSeconds(180);
    private static final int KILLED = 137;

    /** @param pass the pass of the point at which the process ends */
    record Case(Step step, CrashPoint point, int pass) {
        @Override
        public String toString() {
            return "%s, %s, pass %d".formatted(step, point, pass);
        }
    }

    private Path folder;
    private List<String> program;
    private Victim victim;
    /** Null if there is no running process: at first, and after a failed case. */
    private Ledger ledger;

    private int cases;

    @BeforeAll
    void open(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws IOException {
        this.folder = folder;
        program = ArmedProgram.in(folder);
        System.out.println("Killed at named points, seed " + SEED);
    }

    @AfterAll
    void end() {
        close();
        System.out.println(cases + " cases");
    }

    private void close() {
        if (victim != null) {
            victim.close();
        }
    }

    static List<Case> cases() {
        Random random = new Random(SEED);
        List<Case> all = new ArrayList<>();
        for (Step step : Step.values()) {
            for (CrashPoint point : CrashPoint.values()) {
                if (step.passes(point)) {
                    all.add(new Case(step, point, 1 + random.nextInt(TIMES_DONE - 1)));
                }
            }
        }
        if (ALL) {
            return all;
        }
        Collections.shuffle(all, random);
        Set<Step> steps = EnumSet.allOf(Step.class);
        Set<CrashPoint> points = EnumSet.allOf(CrashPoint.class);
        List<Case> needed = new ArrayList<>();
        // Cases with a new step and a new point, then those with one of them, then any.
        all.forEach(
                one -> take(one, needed, steps.contains(one.step()) && points.contains(one.point()), steps, points));
        all.forEach(
                one -> take(one, needed, steps.contains(one.step()) || points.contains(one.point()), steps, points));
        all.forEach(one -> take(one, needed, needed.size() < CASES_AT_LEAST, steps, points));
        return needed;
    }

    private static void take(Case one, List<Case> needed, boolean wanted, Set<Step> steps, Set<CrashPoint> points) {
        if (wanted && !needed.contains(one)) {
            needed.add(one);
            steps.remove(one.step());
            points.remove(one.point());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void acknowledged_writes_survive_the_crash(Case one) {
        startWhereNeeded(one);
        Ledger told = ledger;
        ledger = null;
        Life life = new Life(victim.shop(), told);
        List<Runnable> acts =
                Stream.generate(() -> life.ready(one.step())).limit(TIMES_DONE).toList();
        everythingIsQuiet(told.admin());
        arm(one);

        int done = 0;
        long end = System.nanoTime() + SOON.toNanos();
        try {
            for (Runnable act : acts) {
                act.run();
                done++;
            }
            // Views store their progress once in a while, not after every event.
            while (System.nanoTime() < end) {
                life.ready(one.step()).run();
                done++;
            }
        } catch (NoAnswer dead) {
            // The expected end.
        }
        assertThat(victim.kontor().exitCode(SOON)).as("reached %s", one).isEqualTo(KILLED);

        victim.audit();
        victim.hasNoKeyOf(told.gone());
        Shop shop = victim.start();
        Audit.of(told, shop);
        ledger = told;
        cases++;
        System.out.printf(
                "%-16s %-28s pass %d: %d done; ready after %.1f s; audit clean, all is there%n",
                one.step(), one.point(), one.pass(), done, victim.startTook().toMillis() / 1_000.0);
    }

    /** A failed case abandons its data folder: else its damage would be found again in every case. */
    private void startWhereNeeded(Case one) {
        if (ledger == null) {
            close();
            victim = new Victim(
                    program,
                    folder.resolve("data-%s-%s".formatted(one.step(), one.point())),
                    "--spring.main.sources=dev.kontor.crash.CrashPoints");
            victim.start();
            ledger = victim.newLedger(1);
        }
    }

    /** So that the counted passes are those of the step. */
    private void everythingIsQuiet(Customer admin) {
        eventually(
                SOON,
                "the views have read everything",
                () -> admin.client().get("/api/v1/admin/views").hasStatus(200).items(),
                views -> views.stream().allMatch(view -> view.get("lag").asLong() == 0));
    }

    private void arm(Case one) {
        String line = "arm %s %d".formatted(one.point(), one.pass());
        victim.kontor().tell(line);
        eventually(SOON, "it is armed", () -> victim.kontor().output().contains("done: " + line));
    }
}
