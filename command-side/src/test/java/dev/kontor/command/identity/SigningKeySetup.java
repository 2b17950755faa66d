package dev.kontor.command.identity;

import static dev.kontor.command.platform.Scenario.NOON;

import dev.kontor.api.customer.MemoryKeyRing;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.LoggedAggregates;
import dev.kontor.command.platform.LostAnswers;
import dev.kontor.testsupport.MutableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.GenericEventMessage;

/** One log and one key ring, shared by any number of processes; all have the same time. */
final class SigningKeySetup implements AutoCloseable {

    static final byte[] MASTER_KEY = new byte[32];
    static final Duration LEAD = Duration.ofSeconds(10);
    static final Duration OLD_AFTER = Duration.ofDays(30);

    final MutableClock clock = new MutableClock(NOON);
    final MemoryKeyRing keyRing = new MemoryKeyRing();
    private final LoggedAggregates log;

    SigningKeySetup(Path folder) {
        log = new LoggedAggregates(folder, SigningKeys.class);
        GenericEventMessage.clock = clock;
    }

    /** The signing-key parts of one process. */
    record Process(TokenIssuer authority, KeyRotation rotation, List<Object> told) {}

    Process start() {
        return start(MASTER_KEY);
    }

    Process start(byte[] masterKey) {
        Process process = prepare(masterKey, keyRing, log.commands());
        process.rotation().start();
        return process;
    }

    /** Not started yet. */
    Process prepare(byte[] masterKey, MemoryKeyRing ring, Commands commands) {
        PrivateSigningKeys chest = new PrivateSigningKeys(ring, masterKey);
        List<Object> told = new ArrayList<>();
        TokenIssuer authority = new TokenIssuer(commands, chest, clock, told::add);
        return new Process(authority, new KeyRotation(commands, authority, chest, clock, LEAD, OLD_AFTER), told);
    }

    Commands commands() {
        return log.commands();
    }

    Commands commands(LostAnswers lost) {
        return log.commands(lost);
    }

    /** Events in the log. */
    long events() {
        return log.store().head() + 1;
    }

    @Override
    public void close() {
        GenericEventMessage.clock = Clock.systemUTC();
        log.close();
    }
}
