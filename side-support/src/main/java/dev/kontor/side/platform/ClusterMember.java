package dev.kontor.side.platform;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * This process, as one instance of its side.
 *
 * @param id under which it claims segments; unique to each start
 * @param side its side, as {@code query-side}
 * @param since when it started
 */
public record ClusterMember(String id, String side, Instant since) {

    /** The id names host and process for operators, and has a random part because containers repeat both. */
    public static ClusterMember start(String side, Clock clock) {
        String host = System.getenv().getOrDefault("HOSTNAME", "localhost");
        long process = ManagementFactory.getRuntimeMXBean().getPid();
        String random = UUID.randomUUID().toString().substring(0, 8);
        return new ClusterMember(
                "%s/%s/%d/%s".formatted(side, host, process, random), side, Instant.ofEpochMilli(clock.millis()));
    }
}
