package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.StartException;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which pages of other origins may call the API from a browser.
 *
 * @param origins such as {@code https://shop.example}, or {@code *} for all; none by default
 */
@ConfigurationProperties("kontor.cors")
record CorsSettings(@DefaultValue List<String> origins) {

    static final String ALL = "*";

    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]{1,253}(:[0-9]{1,5})?");

    CorsSettings {
        origins = List.copyOf(origins);
        for (String origin : origins) {
            if (!origin.equals(ALL) && !ORIGIN.matcher(origin).matches()) {
                throw new StartException(
                        ("kontor.cors.origins names \"%s\", which is no origin. Examples: https://shop.example or "
                                        + "http://localhost:5173, without a path; separate several by commas.")
                                .formatted(origin));
            }
        }
    }
}
