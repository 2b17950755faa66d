package dev.kontor.standalone.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.CuttingProxy;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two instances of each side as processes over an Axon Server, each of the four paused, killed and cut off in turn, again and
 * again, under checkouts, sign-ups and cancels. {@code ./kontor verify-long} does it for ten minutes.
 */
@OnAxonServer
class DisturbedProcessesIT {

    private static final Duration DISTURBED = Duration.ofMinutes(Long.getLong("kontor.disturbed-minutes", 1));
    /** Longer than Axon Server and the other instances wait for a silent one. */
    private static final Duration PAUSE = Duration.ofSeconds(13);

    private static final Duration IN_THE_END = Duration.ofMinutes(4);
    private static final int CUSTOMERS = 16;
    private static final int NEWCOMERS = 2;
    private static final int A_FEW = 30;

    private static DisturbedProcesses processes;

    @BeforeAll
    static void start() {
        processes = DisturbedProcesses.start(Servers.find().orElseThrow());
    }

    @AfterAll
    static void end() {
        if (processes != null) {
            processes.close();
        }
    }

    private enum Disturbance {
        PAUSED,
        KILLED,
        CUT_OFF
    }

    @Test
    void disturbed_processes_lose_nothing_and_block_no_client() {
        long end = System.nanoTime() + DISTURBED.toNanos();
        BusyShop busy = new BusyShop(new Shop(processes.rest()), CUSTOMERS, NEWCOMERS);
        try (busy) {
            busy.goOn(A_FEW, IN_THE_END);
            do {
                for (Disturbance disturbance : Disturbance.values()) {
                    for (DisturbedProcesses.Side side : processes.sides()) {
                        disturb(side, disturbance, busy);
                        System.err.printf("%s was %s: %s%n", side, disturbance, busy);
                    }
                }
            } while (System.nanoTime() < end);
        }
        DistributedKontor.awaitWell(processes.rest());
        busy.everyAnswerWasTrue(IN_THE_END);
        System.err.println(busy);

        assertThat(AxonServerAudit.of(Servers.find().orElseThrow())).contains("CLEAN");
    }

    private static void disturb(DisturbedProcesses.Side side, Disturbance disturbance, BusyShop busy) {
        switch (disturbance) {
            case PAUSED -> side.pausedFor(PAUSE);
            case KILLED -> {
                side.kill();
                busy.goOn(A_FEW, IN_THE_END);
                side.begin().untilReady();
            }
            case CUT_OFF -> {
                side.wires().forEach(CuttingProxy::cut);
                busy.goOn(A_FEW, IN_THE_END);
                side.wires().forEach(CuttingProxy::restore);
            }
        }
        busy.goOn(A_FEW, IN_THE_END);
    }
}
