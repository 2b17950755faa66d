package dev.kontor.grpc.platform;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rate limit: {@code count} attempts at once, refilled within {@code per}. In settings {@code 10/1m}; {@code off} or
 * {@code 0} for no limit.
 *
 * @param count 0 for no limit
 */
public record Rate(long count, Duration per) {

    public static final Rate OFF = new Rate(0, Duration.ofMinutes(1));

    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,12})/([0-9]{1,9})(ms|s|m|h|d)");

    public Rate {
        if (count < 0 || !per.isPositive()) {
            throw new IllegalArgumentException("A rate is a count and a time such as 10/1m, or off");
        }
    }

    /** Spring finds this method by its name to convert settings. */
    public static Rate of(String text) {
        String stripped = text.strip();
        if (stripped.equalsIgnoreCase("off") || stripped.equals("0")) {
            return OFF;
        }
        Matcher parts = SHAPE.matcher(stripped);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a rate; it must be a count and a time such as 10/1m, or off".formatted(text));
        }
        long time = Long.parseLong(parts.group(2));
        Duration per = switch (parts.group(3)) {
            case "ms" -> Duration.ofMillis(time);
            case "s" -> Duration.ofSeconds(time);
            case "m" -> Duration.ofMinutes(time);
            case "h" -> Duration.ofHours(time);
            default -> Duration.ofDays(time);
        };
        return new Rate(Long.parseLong(parts.group(1)), per);
    }

    public boolean isOff() {
        return count == 0;
    }
}
