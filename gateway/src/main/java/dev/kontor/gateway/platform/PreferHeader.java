package dev.kontor.gateway.platform;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How long a client wants to wait for what it wrote to be visible, as the {@code Prefer} header says (RFC 7240). What
 * cannot be read there is ignored, as the RFC asks.
 *
 * @param async whether not to wait at all
 * @param waitSeconds the wait asked for, empty for the default
 */
public record PreferHeader(boolean async, OptionalLong waitSeconds) {

    private static final long LONGEST_WAIT_SECONDS = 30;

    /** @param header the value of {@code Prefer}; several headers joined by commas; null where there is none */
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

    /** The wait asked for, at most 30 s. */
    public Duration waitOr(Duration standard) {
        return waitSeconds.isPresent()
                ? Duration.ofSeconds(Math.min(waitSeconds.getAsLong(), LONGEST_WAIT_SECONDS))
                : standard;
    }
}
