package dev.kontor.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.grpc.platform.StartException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An invalid setting of views or searches is refused by its name, before it is used. */
class SettingsTest {

    private static ViewSettings views(int segments, Duration profileCache) {
        return new ViewSettings("kontor", segments, profileCache);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 257, Integer.MIN_VALUE})
    void an_invalid_number_of_segments_is_named(int segments) {
        assertThatThrownBy(() -> views(segments, Duration.ZERO))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("kontor.views.segments is " + segments);
    }

    @Test
    void a_cache_that_forgets_before_it_has_read_is_named() {
        assertThatThrownBy(() -> views(1, Duration.ofMillis(-1))).hasMessageContaining("kontor.views.profile-cache");
        assertThat(views(256, Duration.ZERO).profileCache()).isZero();
    }

    @Test
    void missing_settings_of_searches_are_named() {
        assertThatThrownBy(() -> new SearchSettings(-1, 1, Duration.ofSeconds(1), "english", null))
                .hasMessageContainingAll("kontor.searches.threads", "kontor.searches.waiting", "kontor.searches.time");
    }
}
