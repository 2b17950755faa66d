package dev.kontor.gateway.platform;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The {@code Prefer} header (RFC 7240): how long the client wants to wait until its write is visible. Unknown
 * preferences are ignored, as the RFC demands.
 *
 * @param async whether the client does not wait at all
 * @param waitSeconds the requested wait; empty for the default
 */
public record PreferHeader(boolean async, OptionalLong waitSeconds) {

    private static final long LONGEST_WAIT_SECONDS = 30;

    /** @param header the value of {@code Prefer}, several headers joined by commas; null without the header */
    public static PreferHeader of(String header) {
        boolean async = false;
        OptionalLong wait = OptionalLong.empty();
        for (String part : header == null ? new String[0] : header.split("[,;]")) {
            String preference = part.strip().toLowerCase(Locale.ROOT);
            if (preference.equals("respond-async")) {
                async = true;
            } else if (preference.matches("wait\\s*=\\s*\"?\\d{1,9}\"?")) {
                wait = OptionalLong.of(Long.parseLong(preference.replaceAll("\\D", "")));
            }
        }
        return new PreferHeader(async || wait.equals(OptionalLong.of(0)), wait);
    }

    /** The requested wait, at most 30 s. */
    public Duration waitOr(Duration standard) {
        return waitSeconds.isPresent()
                ? Duration.ofSeconds(Math.min(waitSeconds.getAsLong(), LONGEST_WAIT_SECONDS))
                : standard;
    }
}
