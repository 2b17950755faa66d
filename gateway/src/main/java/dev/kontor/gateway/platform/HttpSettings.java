package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.StartException;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bounds of the HTTP server.
 *
 * @param connections in total; further ones wait in the queue of the operating system
 * @param connectionsPerAddress of one address, or of one network of IPv6; further ones are closed at once
 * @param headerDeadline from the first byte of a request to the end of its headers; also the longest pause while a body
 *     arrives or a client reads
 * @param bodyDeadline from the end of the headers to the last byte of the body
 * @param idle how long a connection is kept open between requests
 * @param bodiesPercent of the heap, for large request bodies
 * @param requestsPercent of the heap, for requests in flight, each of {@link RequestsInFlight#BYTES_PER_REQUEST}
 * @param answersPercent of the heap, for large answers until clients have read them
 * @param trustedProxies addresses and CIDR blocks whose {@code X-Forwarded-*} headers are trusted
 */
@ConfigurationProperties("kontor.http")
record HttpSettings(
        @DefaultValue("8192") int connections,
        @DefaultValue("2048") int connectionsPerAddress,
        @DefaultValue("10s") Duration headerDeadline,
        @DefaultValue("30s") Duration bodyDeadline,
        @DefaultValue("60s") Duration idle,
        @DefaultValue("3") int bodiesPercent,
        @DefaultValue("12") int requestsPercent,
        @DefaultValue("10") int answersPercent,
        @DefaultValue List<String> trustedProxies) {

    HttpSettings {
        atLeast("connections", connections, 1);
        atLeast("connections-per-address", connectionsPerAddress, 1);
        percentage("bodies-percent", bodiesPercent);
        percentage("requests-percent", requestsPercent);
        percentage("answers-percent", answersPercent);
        positive("header-deadline", headerDeadline);
        positive("body-deadline", bodyDeadline);
        positive("idle", idle);
        trustedProxies = List.copyOf(trustedProxies);
        trustedProxies.forEach(TrustedProxies::block);
    }

    private static void atLeast(String setting, int value, int least) {
        if (value < least) {
            throw new StartException("kontor.http.%s is %d; it must be at least %d.".formatted(setting, value, least));
        }
    }

    private static void percentage(String setting, int value) {
        if (value < 1 || value > 50) {
            throw new StartException("kontor.http.%s is %d; it must be from 1 to 50.".formatted(setting, value));
        }
    }

    private static void positive(String setting, Duration value) {
        if (value.toMillis() < 1 || value.toMillis() > Integer.MAX_VALUE) {
            throw new StartException("kontor.http.%s is %s; it must be from 1ms to 24d.".formatted(setting, value));
        }
    }
}
