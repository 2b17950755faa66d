package dev.kontor.gateway.identity;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;

/**
 * How often something may be tried: this many times at once, and as many again over the time. In settings
 * {@code 10/1m}; {@code off} or {@code 0} for no limit.
 *
 * @param count 0 for no limit
 */
record Rate(long count, Duration per) {

    static final Rate OFF = new Rate(0, Duration.ofMinutes(1));

    Rate {
        if (count < 0 || !per.isPositive()) {
            throw new IllegalArgumentException("A rate is a count and a time such as 10/1m, or off");
        }
    }

    /** Public for Spring, which finds it by its name and makes rates of texts. */
    public static Rate of(String text) {
        String stripped = text.strip();
        if (stripped.equalsIgnoreCase("off") || stripped.equals("0")) {
            return OFF;
        }
        int slash = stripped.indexOf('/');
        try {
            return new Rate(
                    Long.parseLong(stripped.substring(0, slash)),
                    DurationStyle.detectAndParse(stripped.substring(slash + 1)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' is no rate: a count and a time such as 10/1m, or off".formatted(text), e);
        }
    }

    boolean isOff() {
        return count == 0;
    }
}
