package dev.kontor.side.platform;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * This process, as one of many of its side.
 *
 * @param id under which it claims segments; never used again once the process has ended
 * @param side it is one of, as {@code query-side}
 * @param since when it started
 */
public record ClusterMember(String id, String side, Instant since) {

    /** Host and process for people; the rest because containers have the same of both again and again. */
    public static ClusterMember start(String side, Clock clock) {
        String host = System.getenv().getOrDefault("HOSTNAME", "localhost");
        long process = ManagementFactory.getRuntimeMXBean().getPid();
        String random = UUID.randomUUID().toString().substring(0, 8);
        return new ClusterMember(
                "%s/%s/%d/%s".formatted(side, host, process, random), side, Instant.ofEpochMilli(clock.millis()));
    }
}
